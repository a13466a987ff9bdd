-- CreateEnum
CREATE TYPE "LeavingPolicy" AS ENUM ('tombstone', 'erase');

-- CreateEnum
CREATE TYPE "HeadcountBasis" AS ENUM ('average', 'year_start', 'year_end');

-- AlterTable
ALTER TABLE "Company" ADD COLUMN     "leavingPolicy" "LeavingPolicy";

-- AlterTable
ALTER TABLE "DirectoryEntry" ADD COLUMN     "committedCents" BIGINT;

-- AlterTable
ALTER TABLE "Pledge" ADD COLUMN     "capCents" BIGINT,
ADD COLUMN     "headcountBasis" "HeadcountBasis" NOT NULL DEFAULT 'average';

-- AlterTable
ALTER TABLE "Publication" ADD COLUMN     "headcountBasis" "HeadcountBasis" NOT NULL DEFAULT 'average',
ADD COLUMN     "pledgedCapCents" BIGINT;

-- AlterTable
ALTER TABLE "ReportDraft" ADD COLUMN     "headcountBasis" "HeadcountBasis";

-- CreateTable
CREATE TABLE "FormerPledgeStep" (
    "id" TEXT NOT NULL,
    "companyId" TEXT NOT NULL,
    "effectiveOn" DATE NOT NULL,
    "centsPerDeveloper" BIGINT NOT NULL,
    "fteHundredths" INTEGER NOT NULL,
    "capCents" BIGINT,
    "headcountBasis" "HeadcountBasis" NOT NULL,
    "announcedAt" TIMESTAMP(3) NOT NULL,
    "endedAt" TIMESTAMP(3) NOT NULL,
    "endedById" TEXT,
    "wasReplaced" BOOLEAN NOT NULL,

    CONSTRAINT "FormerPledgeStep_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DepartedCompany" (
    "id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "joinedOn" DATE NOT NULL,
    "leftOn" DATE NOT NULL,

    CONSTRAINT "DepartedCompany_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DepartedReport" (
    "id" TEXT NOT NULL,
    "departedId" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "periodStartOn" DATE,
    "periodEndOn" DATE,
    "reportedOn" DATE NOT NULL,
    "fteHundredths" INTEGER NOT NULL,
    "paidCents" BIGINT NOT NULL,
    "perDeveloperCents" BIGINT,
    "methodVersion" TEXT NOT NULL,
    "contentHash" TEXT NOT NULL,
    "isCurrent" BOOLEAN NOT NULL,

    CONSTRAINT "DepartedReport_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "FormerPledgeStep_companyId_endedAt_idx" ON "FormerPledgeStep"("companyId", "endedAt");

-- CreateIndex
CREATE UNIQUE INDEX "DepartedCompany_slug_key" ON "DepartedCompany"("slug");

-- CreateIndex
CREATE INDEX "DepartedReport_departedId_idx" ON "DepartedReport"("departedId");

-- AddForeignKey
ALTER TABLE "FormerPledgeStep" ADD CONSTRAINT "FormerPledgeStep_companyId_fkey" FOREIGN KEY ("companyId") REFERENCES "Company"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DepartedReport" ADD CONSTRAINT "DepartedReport_departedId_fkey" FOREIGN KEY ("departedId") REFERENCES "DepartedCompany"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- no pledge had a cap so far: what it comes to is developers times amount, halves of a cent up as lib/money.ts rounds
UPDATE "DirectoryEntry" SET "committedCents" = round("pledgedCentsEach"::numeric * "fteHundredths" / 100)
WHERE "pledgedCentsEach" IS NOT NULL;
