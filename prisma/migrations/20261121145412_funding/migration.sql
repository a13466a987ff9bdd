-- CreateTable
CREATE TABLE "SourceAnswer" (
    "source" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "outcome" TEXT,
    "value" JSONB,
    "answeredAt" TIMESTAMP(3),
    "failedAt" TIMESTAMP(3),
    "failure" TEXT,

    CONSTRAINT "SourceAnswer_pkey" PRIMARY KEY ("source","subject")
);

-- CreateTable
CREATE TABLE "FundingRun" (
    "id" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "companyId" TEXT,
    "scanId" TEXT,
    "requestKey" TEXT,
    "packages" JSONB NOT NULL,
    "stage" INTEGER NOT NULL DEFAULT 0,
    "skipped" JSONB NOT NULL DEFAULT '[]',
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMP(3),

    CONSTRAINT "FundingRun_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "FundingBatch" (
    "id" TEXT NOT NULL,
    "runId" TEXT NOT NULL,
    "stage" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "subjects" TEXT[],
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "found" INTEGER NOT NULL DEFAULT 0,
    "absent" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "failure" TEXT,
    "retryAt" TIMESTAMP(3),
    "finishedAt" TIMESTAMP(3),

    CONSTRAINT "FundingBatch_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "SourceAnswer_answeredAt_idx" ON "SourceAnswer"("answeredAt");

-- CreateIndex
CREATE UNIQUE INDEX "FundingRun_requestKey_key" ON "FundingRun"("requestKey");

-- CreateIndex
CREATE INDEX "FundingRun_scanId_createdAt_idx" ON "FundingRun"("scanId", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "FundingRun_createdAt_idx" ON "FundingRun"("createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "FundingBatch_runId_stage_position_key" ON "FundingBatch"("runId", "stage", "position");

-- AddForeignKey
ALTER TABLE "FundingRun" ADD CONSTRAINT "FundingRun_companyId_fkey" FOREIGN KEY ("companyId") REFERENCES "Company"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FundingRun" ADD CONSTRAINT "FundingRun_scanId_fkey" FOREIGN KEY ("scanId") REFERENCES "Scan"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FundingBatch" ADD CONSTRAINT "FundingBatch_runId_fkey" FOREIGN KEY ("runId") REFERENCES "FundingRun"("id") ON DELETE CASCADE ON UPDATE CASCADE;
