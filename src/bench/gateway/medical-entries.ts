/** Medical information of the bench's invented people: the same for each of them, and said to be invented. */
import type { InformationItem, OqsGroup } from '../../eligibility/gateway-types.ts';

export const medicalEntries: Record<InformationItem, readonly OqsGroup[]> = {
  medicines: [
    { DispensingDate: '20260310', MedicineName: '見本錠５ｍｇ（架空）', Dosage: '1日1回 朝食後', Days: '28' },
    { DispensingDate: '20260210', MedicineName: '例示カプセル１０ｍｇ（架空）', Dosage: '1日2回 朝夕食後', Days: '14' },
  ],
  checkups: [{ CheckupDate: '20250918', Height: '160.0', Weight: '55.0', SystolicPressure: '118', DiastolicPressure: '72' }],
  treatment: [{ TreatmentMonth: '202602', DiagnosisName: '見本症（架空）', TreatmentName: '架空の処置' }],
  surgery: [{ SurgeryDate: '20231107', SurgeryName: '架空の手術', InfectiousInfo: 'なし（架空）' }],
};
