-- CreateTable
CREATE TABLE "KeptTwins" (
    "a" TEXT NOT NULL,
    "b" TEXT NOT NULL,
    "companyId" TEXT NOT NULL,
    "decidedById" TEXT,
    "decidedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "KeptTwins_pkey" PRIMARY KEY ("a","b")
);

-- CreateIndex
CREATE INDEX "KeptTwins_companyId_idx" ON "KeptTwins"("companyId");

-- AddForeignKey
ALTER TABLE "KeptTwins" ADD CONSTRAINT "KeptTwins_companyId_fkey" FOREIGN KEY ("companyId") REFERENCES "Company"("id") ON DELETE CASCADE ON UPDATE CASCADE;
