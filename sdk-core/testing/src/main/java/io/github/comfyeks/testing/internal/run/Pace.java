package io.github.comfyeks.testing.internal.run;

import java.time.Duration;

/** How long things take, changeable while the server runs. Safe for use by several threads. */
public final class Pace {
    private volatile Duration jobTime;
    private volatile Duration stepTime;
    private volatile String previewMethod;

    public Pace(Duration jobTime, Duration stepTime, String previewMethod) {
        this.jobTime = jobTime;
        this.stepTime = stepTime;
        this.previewMethod = previewMethod;
    }

    /** What each run takes on top of its nodes. */
    public Duration jobTime() {
        return jobTime;
    }

    /** What a sampler's step takes. */
    public Duration stepTime() {
        return stepTime;
    }

    /** The server's own preview method. */
    public String previewMethod() {
        return previewMethod;
    }

    public void jobTime(Duration value) {
        jobTime = value;
    }

    public void stepTime(Duration value) {
        stepTime = value;
    }

    public void previewMethod(String value) {
        previewMethod = value;
    }
}
