package io.github.comfyeks.execution;

/** What happens to a run on the server when this process lets go of it before its end. */
public enum LetGo {
    /** It goes on; a reference finds it again. */
    GO_ON,
    /** It is interrupted, or deleted if it still waits. */
    INTERRUPT
}
