package io.github.comfyeks.samples.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Who holds a lock, in words that help another administrator. */
final class Owner {
    private Owner() {}

    static String name() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "a machine without a name";
        }
        return System.getProperty("user.name", "somebody") + "@" + host + " (process "
                + ProcessHandle.current().pid() + ")";
    }
}
