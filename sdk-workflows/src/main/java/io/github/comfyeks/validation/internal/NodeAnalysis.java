package io.github.comfyeks.validation.internal;

import io.github.comfyeks.validation.Problem;
import java.util.List;

/**
 * What there is to say about one node for itself.
 *
 * @param steps what the server does at its inputs, without those where all is well
 * @param problems errors and warnings
 * @param undecided whether its own code decides about something
 * @param crashesAtEnd whether its own check fails after all inputs
 */
record NodeAnalysis(List<Step> steps, List<Problem> problems, boolean undecided, boolean crashesAtEnd) {
    NodeAnalysis {
        steps = List.copyOf(steps);
        problems = List.copyOf(problems);
    }
}
