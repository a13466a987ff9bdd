-- AlterTable
ALTER TABLE "Company" ADD COLUMN     "annotation" TEXT,
ADD COLUMN     "calendarToken" TEXT,
ADD COLUMN     "deleteAfter" TIMESTAMP(3),
ADD COLUMN     "description" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "hiddenAt" TIMESTAMP(3),
ADD COLUMN     "hiddenReason" TEXT,
ADD COLUMN     "logoVersion" TEXT,
ADD COLUMN     "provenAt" TIMESTAMP(3),
ADD COLUMN     "provenBy" TEXT,
ADD COLUMN     "provenDomain" TEXT,
ADD COLUMN     "withdrawnOn" DATE,
ADD COLUMN     "withdrawnReason" TEXT;

-- AlterTable
ALTER TABLE "DirectoryEntry" ADD COLUMN     "logoVersion" TEXT,
ADD COLUMN     "provenBy" TEXT,
ADD COLUMN     "withdrawnOn" DATE;

-- AlterTable
ALTER TABLE "user" ADD COLUMN     "isAdministrator" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "DomainProof" (
    "id" TEXT NOT NULL,
    "companyId" TEXT NOT NULL,
    "domain" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "checkedAt" TIMESTAMP(3),
    "lastFinding" TEXT,

    CONSTRAINT "DomainProof_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CompanyLogo" (
    "companyId" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "version" TEXT NOT NULL,
    "webp" BYTEA NOT NULL,

    CONSTRAINT "CompanyLogo_pkey" PRIMARY KEY ("companyId","size")
);

-- CreateTable
CREATE TABLE "ReminderSent" (
    "companyId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "anchorOn" DATE NOT NULL,
    "sentAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ReminderSent_pkey" PRIMARY KEY ("companyId","kind","anchorOn")
);

-- CreateTable
CREATE TABLE "ReminderStop" (
    "companyId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ReminderStop_pkey" PRIMARY KEY ("companyId","userId")
);

-- CreateTable
CREATE TABLE "AdministratorLink" (
    "tokenHash" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "usedAt" TIMESTAMP(3),

    CONSTRAINT "AdministratorLink_pkey" PRIMARY KEY ("tokenHash")
);

-- CreateIndex
CREATE UNIQUE INDEX "DomainProof_companyId_domain_key" ON "DomainProof"("companyId", "domain");

-- CreateIndex
CREATE INDEX "CompanyLogo_version_idx" ON "CompanyLogo"("version");

-- CreateIndex
CREATE UNIQUE INDEX "Company_provenDomain_key" ON "Company"("provenDomain");

-- CreateIndex
CREATE UNIQUE INDEX "Company_logoVersion_key" ON "Company"("logoVersion");

-- CreateIndex
CREATE UNIQUE INDEX "Company_calendarToken_key" ON "Company"("calendarToken");

-- AddForeignKey
ALTER TABLE "DomainProof" ADD CONSTRAINT "DomainProof_companyId_fkey" FOREIGN KEY ("companyId") REFERENCES "Company"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CompanyLogo" ADD CONSTRAINT "CompanyLogo_companyId_fkey" FOREIGN KEY ("companyId") REFERENCES "Company"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReminderSent" ADD CONSTRAINT "ReminderSent_companyId_fkey" FOREIGN KEY ("companyId") REFERENCES "Company"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReminderStop" ADD CONSTRAINT "ReminderStop_companyId_fkey" FOREIGN KEY ("companyId") REFERENCES "Company"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReminderStop" ADD CONSTRAINT "ReminderStop_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
