package io.github.comfyeks.validation.internal;

import io.github.comfyeks.validation.Problem;
import java.util.List;
import java.util.Set;

/**
 * What there is to say about one node for itself.
 *
 * @param steps what the server does at its inputs, without those where all is well
 * @param problems errors and warnings
 * @param sources the nodes that feed inputs which the server looks at
 * @param undecided whether its own code decides about something
 * @param crashesAtEnd whether its own check fails after all inputs
 */
record NodeAnalysis(
        List<Step> steps, List<Problem> problems, Set<String> sources, boolean undecided, boolean crashesAtEnd) {
    NodeAnalysis {
        steps = List.copyOf(steps);
        problems = List.copyOf(problems);
        sources = Set.copyOf(sources);
    }
}
