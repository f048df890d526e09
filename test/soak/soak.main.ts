import { complaints, soak } from "./soak.js";

/** `npm run soak`: two thousand pictures, two hundred of them different, with every fault that the API knows. */
const result = await soak({
  pictures: 2000,
  distinct: 200,
  onProgress: (done) => console.log(`${done} of 2000`),
});
console.log(JSON.stringify(result, null, 2));
const wrong = complaints(result);
for (const complaint of wrong) console.error(complaint);
console.log(wrong.length === 0 ? "All as it should be." : `${wrong.length} complaints.`);
process.exitCode = wrong.length === 0 ? 0 : 1;
