-- CreateEnum
CREATE TYPE "ImportState" AS ENUM ('previewed', 'written', 'discarded');

-- AlterTable
ALTER TABLE "Payment" ADD COLUMN     "countedCents" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "feeMinor" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "grade" CHAR(1) NOT NULL DEFAULT 'E',
ADD COLUMN     "importId" TEXT,
ADD COLUMN     "partCents" BIGINT,
ADD COLUMN     "rate" TEXT,
ADD COLUMN     "rateOn" DATE,
ADD COLUMN     "rateSource" TEXT,
ADD COLUMN     "rule" TEXT NOT NULL DEFAULT 'maintainer',
ADD COLUMN     "ruleNote" TEXT NOT NULL DEFAULT '';

-- CreateTable
CREATE TABLE "PaymentImport" (
    "id" TEXT NOT NULL,
    "companyId" TEXT NOT NULL,
    "state" "ImportState" NOT NULL DEFAULT 'previewed',
    "format" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "fileHash" TEXT NOT NULL,
    "options" JSONB NOT NULL,
    "content" TEXT,
    "rowCount" INTEGER NOT NULL DEFAULT 0,
    "addedCount" INTEGER NOT NULL DEFAULT 0,
    "createdById" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settledAt" TIMESTAMP(3),

    CONSTRAINT "PaymentImport_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ImportMapping" (
    "id" TEXT NOT NULL,
    "companyId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "mapping" JSONB NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "ImportMapping_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PaymentEvidence" (
    "id" TEXT NOT NULL,
    "paymentId" TEXT NOT NULL,
    "grade" CHAR(1) NOT NULL,
    "kind" TEXT NOT NULL,
    "url" TEXT,
    "fileName" TEXT,
    "mediaType" TEXT,
    "sha256" TEXT NOT NULL,
    "content" BYTEA NOT NULL,
    "seenAt" TIMESTAMP(3) NOT NULL,
    "createdById" TEXT,

    CONSTRAINT "PaymentEvidence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "HeadcountSnapshot" (
    "id" TEXT NOT NULL,
    "companyId" TEXT NOT NULL,
    "fromOn" DATE NOT NULL,
    "fteHundredths" INTEGER NOT NULL,
    "employees" INTEGER,
    "contractorHundredths" INTEGER NOT NULL DEFAULT 0,
    "openSourceHundredths" INTEGER NOT NULL DEFAULT 0,
    "note" TEXT NOT NULL DEFAULT '',
    "createdById" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "HeadcountSnapshot_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "PaymentImport_companyId_createdAt_idx" ON "PaymentImport"("companyId", "createdAt" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "ImportMapping_companyId_name_key" ON "ImportMapping"("companyId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "PaymentEvidence_paymentId_sha256_key" ON "PaymentEvidence"("paymentId", "sha256");

-- CreateIndex
CREATE UNIQUE INDEX "HeadcountSnapshot_companyId_fromOn_key" ON "HeadcountSnapshot"("companyId", "fromOn");

-- AddForeignKey
ALTER TABLE "Payment" ADD CONSTRAINT "Payment_importId_fkey" FOREIGN KEY ("importId") REFERENCES "PaymentImport"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PaymentImport" ADD CONSTRAINT "PaymentImport_companyId_fkey" FOREIGN KEY ("companyId") REFERENCES "Company"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ImportMapping" ADD CONSTRAINT "ImportMapping_companyId_fkey" FOREIGN KEY ("companyId") REFERENCES "Company"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PaymentEvidence" ADD CONSTRAINT "PaymentEvidence_paymentId_fkey" FOREIGN KEY ("paymentId") REFERENCES "Payment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "HeadcountSnapshot" ADD CONSTRAINT "HeadcountSnapshot_companyId_fkey" FOREIGN KEY ("companyId") REFERENCES "Company"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- what counted before there were rules was every dollar that was paid or typed
UPDATE "Payment" SET "countedCents" = "usdCents" WHERE "currency" = 'USD' OR "usdTyped";
