package io.github.comfyeks.testing.internal;

import io.github.comfyeks.testing.internal.fault.FaultPlan;
import io.github.comfyeks.testing.internal.http.Request;
import io.github.comfyeks.testing.internal.http.Response;
import io.github.comfyeks.testing.internal.version.Version;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What stands before the routes: what a proxy answers in a server's place (P3), and the server's own check of origins (H11). */
final class Gate {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]", "::1");

    private static final String BAD_GATEWAY = page("502 Bad Gateway");

    private static final String UNAVAILABLE = page("503 Service Temporarily Unavailable");

    private final FaultPlan faults;
    private final Version version;

    Gate(FaultPlan faults, Version version) {
        this.faults = faults;
        this.version = version;
    }

    /** An error page as nginx and load balancers write it. */
    private static String page(String title) {
        return """
                <html>
                <head><title>%1$s</title></head>
                <body>
                <center><h1>%1$s</h1></center>
                </body>
                </html>
                """.formatted(title);
    }

    /** The answer that keeps a request from the routes, or null. */
    @Nullable
    Response stop(Request.Source request) {
        if (faults.takeUnauthorized()) {
            return Response.html(401, "<html><body>401 Unauthorized</body></html>")
                    .with("WWW-Authenticate", "Basic realm=\"booting\"");
        }
        if (faults.takeBadGateway()) {
            return Response.html(502, BAD_GATEWAY);
        }
        if (faults.takeUnavailable()) {
            long seconds = Math.max(0, faults.retryAfter().toSeconds());
            return Response.html(503, UNAVAILABLE).with("Retry-After", Long.toString(seconds));
        }
        return isForeign(request) ? Response.of(403) : null;
    }

    private boolean isForeign(Request.Source request) {
        if (version.isModern() && "cross-site".equals(request.header("Sec-Fetch-Site"))) {
            return true;
        }
        String host = request.header("Host");
        String origin = request.header("Origin");
        if (host == null || origin == null) {
            return false;
        }
        String hostName = withoutPort(host).toLowerCase(Locale.ROOT);
        String originAuthority = authority(origin);
        if (!LOOPBACK.contains(hostName) || originAuthority == null) {
            return false;
        }
        boolean originHasPort = !withoutPort(originAuthority).equals(originAuthority);
        return !originAuthority.equals(originHasPort ? host.toLowerCase(Locale.ROOT) : hostName);
    }

    private static String withoutPort(String authority) {
        return authority.replaceFirst(":[0-9]+$", "");
    }

    private static @Nullable String authority(String origin) {
        try {
            String authority = URI.create(origin).getRawAuthority();
            return authority == null ? null : authority.toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
