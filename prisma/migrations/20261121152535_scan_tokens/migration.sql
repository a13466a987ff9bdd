-- CreateTable
CREATE TABLE "ScanToken" (
    "id" TEXT NOT NULL,
    "companyId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "createdById" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastUsedAt" TIMESTAMP(3),

    CONSTRAINT "ScanToken_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "ScanToken_tokenHash_key" ON "ScanToken"("tokenHash");

-- CreateIndex
CREATE INDEX "ScanToken_companyId_idx" ON "ScanToken"("companyId");

-- AddForeignKey
ALTER TABLE "ScanToken" ADD CONSTRAINT "ScanToken_companyId_fkey" FOREIGN KEY ("companyId") REFERENCES "Company"("id") ON DELETE CASCADE ON UPDATE CASCADE;
