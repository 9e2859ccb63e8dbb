import type { Display } from './display.ts';

/** What is heard, tones in hertz one after the other, and felt, milliseconds on and off. */
const signals: Record<Display['kind'], { tones: number[]; vibration: number[] }> = {
  pass: { tones: [1_320], vibration: [80] },
  refused: { tones: [440, 330], vibration: [200, 100, 200] },
  broken: { tones: [330, 330, 330], vibration: [400] },
};

const toneSeconds = 0.14;

/** Says a verdict to ears and hands. Where the machine has no speaker or motor, nothing happens. */
export type Signal = (kind: Display['kind']) => void;

export function browserSignal(): Signal {
  let context: AudioContext | undefined;
  return (kind) => {
    const { tones, vibration } = signals[kind];
    if ('vibrate' in navigator) navigator.vibrate(vibration);
    context ??= new AudioContext();
    // Asleep until somebody has touched the page, which whoever turned the sound on has done.
    void context.resume();
    tones.forEach((hertz, index) => sound(context!, hertz, index * toneSeconds));
  };
}

function sound(context: AudioContext, hertz: number, afterSeconds: number): void {
  const begin = context.currentTime + afterSeconds;
  const oscillator = new OscillatorNode(context, { frequency: hertz });
  const volume = new GainNode(context, { gain: 0.2 });
  // A tone cut off sharply clicks.
  volume.gain.setTargetAtTime(0, begin + toneSeconds * 0.7, 0.02);
  oscillator.connect(volume).connect(context.destination);
  oscillator.start(begin);
  oscillator.stop(begin + toneSeconds);
}
