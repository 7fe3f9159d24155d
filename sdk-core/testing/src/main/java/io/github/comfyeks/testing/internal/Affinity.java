package io.github.comfyeks.testing.internal;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A load balancer with two pods and sticky sessions (P1): both cookies are set anew on each answer; either one leads to the pod
 * it was given out for. A request without a cookie goes to the first pod until a cookie was given out, then to the other one.
 */
final class Affinity {
    /** Whose pod: the one that tests talk to, and the one that knows nothing. */
    enum Target {
        RIGHT,
        WRONG
    }

    private static final Pattern COOKIE = Pattern.compile("AWSALB(?:CORS)?=(RIGHT|WRONG)-[0-9a-f]+");

    private final AtomicInteger issued = new AtomicInteger();

    Target route(@Nullable String cookieHeader) {
        if (cookieHeader != null) {
            Matcher matcher = COOKIE.matcher(cookieHeader);
            if (matcher.find()) {
                return Target.valueOf(matcher.group(1));
            }
        }
        return issued.get() == 0 ? Target.RIGHT : Target.WRONG;
    }

    /** The cookies for an answer of this pod. */
    List<String> cookies(Target target) {
        String value = target + "-" + Integer.toHexString(0x10000 + issued.incrementAndGet());
        String end = "; Expires=Tue, 01 Jan 2092 00:00:00 GMT; Path=/";
        return List.of("AWSALB=" + value + end, "AWSALBCORS=" + value + end + "; SameSite=None");
    }
}
