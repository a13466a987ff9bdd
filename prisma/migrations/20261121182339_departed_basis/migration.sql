-- AlterTable
ALTER TABLE "DepartedReport" ADD COLUMN     "headcountBasis" "HeadcountBasis" NOT NULL DEFAULT 'average';
