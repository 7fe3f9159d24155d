package io.github.comfyeks.testing.internal.version;

import java.util.Arrays;

/** A ComfyUI version, and the differences between versions that a client can see. */
public record Version(String text) implements Comparable<Version> {
    public static final Version V0_3_64 = new Version("0.3.64");
    public static final Version V0_8_0 = new Version("0.8.0");
    public static final Version V0_33_0 = new Version("0.33.0");

    public Version {
        if (!text.matches("[0-9]+\\.[0-9]+\\.[0-9]+")) {
            throw new IllegalArgumentException("version must look like 0.33.0, but is \"" + text + "\"");
        }
    }

    /** The recorded version whose behaviour this one has: the newest that is not newer, else the oldest. */
    public Version behaviour() {
        if (compareTo(V0_33_0) >= 0) {
            return V0_33_0;
        }
        return compareTo(V0_8_0) >= 0 ? V0_8_0 : V0_3_64;
    }

    /** 0.33.0 and newer: UUIDs only, cancel routes, cycles explained, progress at most every 100 ms. */
    public boolean isModern() {
        return compareTo(V0_33_0) >= 0;
    }

    /** 0.8.0 and newer: the jobs API, preview_method, dynamic inputs. */
    public boolean hasJobs() {
        return compareTo(V0_8_0) >= 0;
    }

    @Override
    public int compareTo(Version other) {
        return Arrays.compare(numbers(), other.numbers());
    }

    private int[] numbers() {
        return Arrays.stream(text.split("\\.")).mapToInt(Integer::parseInt).toArray();
    }

    @Override
    public String toString() {
        return text;
    }
}
