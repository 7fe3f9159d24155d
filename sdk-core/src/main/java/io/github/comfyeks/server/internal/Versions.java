package io.github.comfyeks.server.internal;

/** ComfyUI's version numbers, and what began with which. */
public final class Versions {
    /** Before it {@code /interrupt} ignores the prompt id and stops whatever runs. */
    public static final String NAMED_INTERRUPT = "0.3.57";

    /** The first one known to have {@code /api/jobs}. */
    static final String JOBS = "0.8.0";

    /** The first one known to have {@code /api/jobs/{id}/cancel}. */
    static final String JOBS_CANCEL = "0.33.0";

    private Versions() {}

    /** Whether a dotted version is lower than the floor; one that cannot be read is. */
    public static boolean isBefore(String version, String floor) {
        String[] parts = version.split("[.+-]", -1);
        String[] floors = floor.split("\\.", -1);
        for (int i = 0; i < floors.length; i++) {
            if (i >= parts.length || !parts[i].matches("\\d{1,6}")) {
                return true;
            }
            int difference = Integer.compare(Integer.parseInt(parts[i]), Integer.parseInt(floors[i]));
            if (difference != 0) {
                return difference < 0;
            }
        }
        return false;
    }

    /** For messages. */
    static String named(String version) {
        return "ComfyUI " + (version.isEmpty() ? "of unknown version" : version);
    }
}
