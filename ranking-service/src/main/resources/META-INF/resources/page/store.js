// What is known of all runs, kept in short; the neurons themselves are asked for when they are shown.

/** The view of the results topic in this page: run -> step -> {status, concepts}. */
export class Results {
  #runs = new Map();

  /** Takes in one event of the stream. */
  apply(change) {
    const step = this.#step(change.run, change.step);
    step.touched = performance.now();
    if (change.kind === "status") {
      step.status = change.value;
      return;
    }
    const concept = getOrMake(step.concepts, change.concept, () => ({}));
    if (change.kind === "neurons") {
      concept.neurons = change.value && inShort(change.value);
    } else {
      concept[change.kind === "drift-baseline" ? "baseline" : "previous"] =
        change.value && { ...change.value, entered: null, left: null };
    }
    if (!concept.neurons && !concept.baseline && !concept.previous) {
      step.concepts.delete(change.concept);
    }
  }

  /** Forgets what the server no longer has; what arrived since the question was asked stays. */
  keepOnly(listed, asked) {
    const steps = new Map(listed.map((run) => [run.run, new Set(run.steps.map((step) => step.step))]));
    for (const [run, known] of this.#runs) {
      for (const [number, step] of known) {
        if (step.touched < asked && !steps.get(run)?.has(number)) {
          known.delete(number);
        }
      }
      if (known.size === 0) {
        this.#runs.delete(run);
      }
    }
  }

  runs() {
    return [...this.#runs.keys()].sort();
  }

  /** Steps of a run, ascending: {step, status, concepts}. */
  steps(run) {
    return [...(this.#runs.get(run)?.values() ?? [])].sort((a, b) => a.step - b.step);
  }

  /** Concepts that have a result in a run or will have one, in the order in which they were asked for. */
  concepts(run) {
    const steps = this.steps(run);
    return [...new Set([
      ...steps.flatMap((step) => step.status?.concepts ?? []),
      ...steps.flatMap((step) => [...step.concepts.keys()]),
    ])];
  }

  /** The steps of one concept that have a result, ascending: {step, neurons, baseline, previous}. */
  series(run, concept) {
    return this.steps(run)
      .map((step) => ({ step: step.step, ...step.concepts.get(concept) }))
      .filter((step) => step.neurons);
  }

  /** The step that drift is measured against. */
  baseline(run, concept) {
    const series = this.series(run, concept);
    const named = series.findLast((step) => step.baseline)?.baseline.stepA;
    return named ?? (series.find((step) => step.neurons.baseline) ?? series[0])?.step;
  }

  #step(run, number) {
    const steps = getOrMake(this.#runs, run, () => new Map());
    return getOrMake(steps, number, () => ({ step: number, status: null, concepts: new Map(), touched: 0 }));
  }
}

function getOrMake(map, key, make) {
  if (!map.has(key)) {
    map.set(key, make());
  }
  return map.get(key);
}

function inShort(view) {
  const { final, coverage, accuracy, majority, histogramSize, layerHistogram } = view.ranking;
  return {
    checkpointId: view.checkpointId,
    baseline: view.baseline,
    transferAccuracy: view.transferAccuracy,
    final, coverage, accuracy, majority, histogramSize, layerHistogram,
  };
}
