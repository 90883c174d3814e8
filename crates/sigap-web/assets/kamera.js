// Reads QR codes with the camera of a phone or a webcam. A hand scanner types into the field and needs none of this.
"use strict";

const button = document.querySelector("[data-camera]");
const video = document.querySelector("video");
const field = document.querySelector("#code");
// The whole picture is looked at: people fill it with their ticket. Smaller than a camera gives it, so that a weak computer keeps up.
const whole = ({ videoWidth, videoHeight }) => {
  const scale = Math.min(1, 800 / Math.max(videoWidth, videoHeight));
  return { x: 0, y: 0, width: videoWidth, height: videoHeight, downScaledWidth: Math.round(videoWidth * scale), downScaledHeight: Math.round(videoHeight * scale) };
};
const found = (text) => { field.value = text; field.form.requestSubmit(); };

button.hidden = !navigator.mediaDevices;
button.addEventListener("click", async () => {
  const { default: QrScanner } = await import(button.dataset.camera);
  video.hidden = false;
  const scanner = new QrScanner(video, (result) => { scanner.stop(); found(result.data); }, { calculateScanRegion: whole, returnDetailedScanResult: true, preferredCamera: "environment", maxScansPerSecond: 8 });
  try {
    await scanner.start();
    button.hidden = true;
  } catch {
    video.hidden = true;
    document.querySelector("[data-no-camera]").hidden = false;
  }
});
