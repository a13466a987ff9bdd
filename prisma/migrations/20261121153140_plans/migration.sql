-- CreateTable
CREATE TABLE "PlanVersion" (
    "id" TEXT NOT NULL,
    "companyId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "requestKey" TEXT NOT NULL,
    "period" CHAR(4) NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "inputs" JSONB NOT NULL,
    "result" JSONB NOT NULL,
    "methodVersion" TEXT NOT NULL,
    "scanId" TEXT,
    "budgetCents" BIGINT NOT NULL,
    "paidCents" BIGINT NOT NULL,
    "heldCents" BIGINT NOT NULL,
    "payeeCount" INTEGER NOT NULL,
    "createdById" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "acceptedById" TEXT,
    "acceptedAt" TIMESTAMP(3),
    "endedAt" TIMESTAMP(3),

    CONSTRAINT "PlanVersion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ScheduledPayment" (
    "id" TEXT NOT NULL,
    "planId" TEXT NOT NULL,
    "companyId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "payee" TEXT NOT NULL,
    "payeeName" TEXT NOT NULL,
    "cents" BIGINT NOT NULL,
    "earlierCents" BIGINT NOT NULL DEFAULT 0,
    "rail" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "url" TEXT,
    "reason" TEXT NOT NULL,
    "payOn" DATE NOT NULL,
    "cancelledAt" TIMESTAMP(3),
    "paymentId" TEXT,

    CONSTRAINT "ScheduledPayment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PlanBallot" (
    "companyId" TEXT NOT NULL,
    "period" CHAR(4) NOT NULL,
    "subject" TEXT NOT NULL,
    "voterId" TEXT NOT NULL,
    "multiplier" DOUBLE PRECISION NOT NULL,
    "conflict" BOOLEAN NOT NULL DEFAULT false,
    "votedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PlanBallot_pkey" PRIMARY KEY ("companyId","period","subject","voterId")
);

-- CreateTable
CREATE TABLE "PlanNomination" (
    "id" TEXT NOT NULL,
    "companyId" TEXT NOT NULL,
    "period" CHAR(4) NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "createdById" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PlanNomination_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "PlanVersion_companyId_period_idx" ON "PlanVersion"("companyId", "period");

-- CreateIndex
CREATE UNIQUE INDEX "PlanVersion_companyId_number_key" ON "PlanVersion"("companyId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "PlanVersion_companyId_requestKey_key" ON "PlanVersion"("companyId", "requestKey");

-- CreateIndex
CREATE UNIQUE INDEX "ScheduledPayment_paymentId_key" ON "ScheduledPayment"("paymentId");

-- CreateIndex
CREATE INDEX "ScheduledPayment_companyId_idx" ON "ScheduledPayment"("companyId");

-- CreateIndex
CREATE UNIQUE INDEX "ScheduledPayment_planId_position_key" ON "ScheduledPayment"("planId", "position");

-- CreateIndex
CREATE UNIQUE INDEX "PlanNomination_companyId_period_name_key" ON "PlanNomination"("companyId", "period", "name");

-- AddForeignKey
ALTER TABLE "PlanVersion" ADD CONSTRAINT "PlanVersion_companyId_fkey" FOREIGN KEY ("companyId") REFERENCES "Company"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PlanVersion" ADD CONSTRAINT "PlanVersion_scanId_fkey" FOREIGN KEY ("scanId") REFERENCES "Scan"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ScheduledPayment" ADD CONSTRAINT "ScheduledPayment_planId_fkey" FOREIGN KEY ("planId") REFERENCES "PlanVersion"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ScheduledPayment" ADD CONSTRAINT "ScheduledPayment_companyId_fkey" FOREIGN KEY ("companyId") REFERENCES "Company"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ScheduledPayment" ADD CONSTRAINT "ScheduledPayment_paymentId_fkey" FOREIGN KEY ("paymentId") REFERENCES "Payment"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PlanBallot" ADD CONSTRAINT "PlanBallot_companyId_fkey" FOREIGN KEY ("companyId") REFERENCES "Company"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PlanBallot" ADD CONSTRAINT "PlanBallot_voterId_fkey" FOREIGN KEY ("voterId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PlanNomination" ADD CONSTRAINT "PlanNomination_companyId_fkey" FOREIGN KEY ("companyId") REFERENCES "Company"("id") ON DELETE CASCADE ON UPDATE CASCADE;
