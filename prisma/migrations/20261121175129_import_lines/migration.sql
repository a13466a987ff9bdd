-- AlterTable
ALTER TABLE "PaymentImport" ADD COLUMN     "linesOf" TEXT,
ADD COLUMN     "readCount" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "reading" JSONB;

-- CreateTable
CREATE TABLE "ImportLine" (
    "importId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "line" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "countedCents" BIGINT NOT NULL,
    "paymentId" TEXT NOT NULL,

    CONSTRAINT "ImportLine_pkey" PRIMARY KEY ("importId","position")
);

-- AddForeignKey
ALTER TABLE "ImportLine" ADD CONSTRAINT "ImportLine_importId_fkey" FOREIGN KEY ("importId") REFERENCES "PaymentImport"("id") ON DELETE CASCADE ON UPDATE CASCADE;
