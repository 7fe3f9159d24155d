package io.github.comfyeks;

import io.github.comfyeks.execution.RunLimits;
import io.github.comfyeks.observe.ComfyObserver;
import io.github.comfyeks.transport.Credentials;
import io.github.comfyeks.transport.RetryPolicy;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** How a client reaches its server and how long it waits. Immutable; all problems of a configuration are told at once. */
public final class ClientOptions {
    private final URI server;
    private final Credentials credentials;
    private final Map<String, String> headers;
    private final @Nullable SSLContext sslContext;
    private final @Nullable Proxy proxy;
    private final @Nullable Credentials proxyCredentials;
    private final Duration connectLimit;
    private final Duration requestLimit;
    private final RunLimits runLimits;
    private final RetryPolicy retry;
    private final ComfyObserver observer;
    private final @Nullable Executor callbackExecutor;
    private final int maxRequests;
    private final List<String> affinityCookies;
    private final Duration objectInfoAge;
    private final boolean validate;

    private ClientOptions(Builder builder) {
        server = builder.server;
        credentials = builder.credentials;
        headers = Map.copyOf(builder.headers);
        sslContext = builder.sslContext;
        proxy = builder.proxy;
        proxyCredentials = builder.proxyCredentials;
        connectLimit = builder.connectLimit;
        requestLimit = builder.requestLimit;
        runLimits = builder.runLimits;
        retry = builder.retry;
        observer = builder.observer;
        callbackExecutor = builder.callbackExecutor;
        maxRequests = builder.maxRequests;
        affinityCookies = List.copyOf(builder.affinityCookies);
        objectInfoAge = builder.objectInfoAge;
        validate = builder.validate;
    }

    /**
     * @param server scheme {@code http} or {@code https}, host, port if it is not the scheme's, and the path prefix under which
     *     a proxy serves ComfyUI, if there is one
     */
    public static Builder builder(URI server) {
        return new Builder(server);
    }

    public URI server() {
        return server;
    }

    public Credentials credentials() {
        return credentials;
    }

    public Map<String, String> headers() {
        return headers;
    }

    public Optional<SSLContext> sslContext() {
        return Optional.ofNullable(sslContext);
    }

    public Optional<Proxy> proxy() {
        return Optional.ofNullable(proxy);
    }

    public Optional<Credentials> proxyCredentials() {
        return Optional.ofNullable(proxyCredentials);
    }

    public Duration connectLimit() {
        return connectLimit;
    }

    public Duration requestLimit() {
        return requestLimit;
    }

    public RunLimits runLimits() {
        return runLimits;
    }

    public RetryPolicy retry() {
        return retry;
    }

    public ComfyObserver observer() {
        return observer;
    }

    public Optional<Executor> callbackExecutor() {
        return Optional.ofNullable(callbackExecutor);
    }

    public int maxRequests() {
        return maxRequests;
    }

    public List<String> affinityCookies() {
        return affinityCookies;
    }

    public Duration objectInfoAge() {
        return objectInfoAge;
    }

    /** Whether workflows are checked before they are queued, if node classes are at hand. */
    public boolean validate() {
        return validate;
    }

    /** Without secrets: of headers the names only. */
    @Override
    public String toString() {
        return "ClientOptions[" + server + ", " + credentials + ", headers=" + headers.keySet() + ", connect="
                + connectLimit + ", request=" + requestLimit + ", " + runLimits + ", " + retry + "]";
    }

    /** Not thread-safe. */
    public static final class Builder {
        private final URI server;
        private Credentials credentials = Credentials.none();
        private final Map<String, String> headers = new LinkedHashMap<>();
        private @Nullable SSLContext sslContext;
        private @Nullable Proxy proxy;
        private @Nullable Credentials proxyCredentials;
        private Duration connectLimit = Duration.ofSeconds(10);
        private Duration requestLimit = Duration.ofSeconds(60);
        private RunLimits runLimits = RunLimits.standard();
        private RetryPolicy retry = RetryPolicy.standard();
        private ComfyObserver observer = ComfyObserver.NONE;
        private @Nullable Executor callbackExecutor;
        private int maxRequests = 16;
        private List<String> affinityCookies = List.of("AWSALB");
        private Duration objectInfoAge = Duration.ofMinutes(5);
        private boolean validate = true;

        private Builder(URI server) {
            this.server = server;
        }

        /** Who we are. */
        public Builder credentials(Credentials credentials) {
            this.credentials = credentials;
            return this;
        }

        /** One more header on every request and handshake, to the server's own origin only. */
        public Builder header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        /** Trust and, for mutual TLS, key of our own; for HTTP and the socket. The server's name is checked in any case. */
        public Builder tls(SSLContext context) {
            sslContext = context;
            return this;
        }

        /**
         * For HTTP and the socket; the default is the JVM's own setting. Names are resolved by the proxy. The socket asks it
         * for a tunnel ({@code CONNECT}), so it must allow one to the server's port, also for {@code http}.
         */
        public Builder proxy(Proxy proxy) {
            this.proxy = proxy;
            return this;
        }

        /** For an HTTP proxy that wants a login: {@link Credentials#basic}, or any one value of {@code Proxy-Authorization}. */
        public Builder proxyCredentials(Credentials credentials) {
            proxyCredentials = credentials;
            return this;
        }

        /** For TCP and TLS together; 10 s unless set. */
        public Builder connectLimit(Duration limit) {
            connectLimit = limit;
            return this;
        }

        /** For one request, and between two reads of a download; 60 s unless set. */
        public Builder requestLimit(Duration limit) {
            requestLimit = limit;
            return this;
        }

        /** For runs whose own options name none. */
        public Builder runLimits(RunLimits limits) {
            runLimits = limits;
            return this;
        }

        /** How reads are repeated. */
        public Builder retry(RetryPolicy policy) {
            retry = policy;
            return this;
        }

        public Builder observer(ComfyObserver observer) {
            this.observer = observer;
            return this;
        }

        /** Where futures are completed: set it where their dependents block, for instance to virtual threads. */
        public Builder callbackExecutor(Executor executor) {
            callbackExecutor = executor;
            return this;
        }

        /** HTTP requests at once that the client makes by itself and for asynchronous callers; 16 unless set. */
        public Builder maxRequests(int count) {
            maxRequests = count;
            return this;
        }

        /** How the names of cookies begin that pin a pod, and may stand in a reference; {@code AWSALB} unless set. */
        public Builder affinityCookies(List<String> prefixes) {
            affinityCookies = prefixes;
            return this;
        }

        /** How old node schemas may be before they are fetched again; 5 minutes unless set. */
        public Builder objectInfoAge(Duration age) {
            objectInfoAge = age;
            return this;
        }

        /**
         * Whether workflows are checked before they are queued; on unless set. It needs {@code comfyeks-workflows} on the path and
         * node classes that have been fetched, and sends nothing of its own but before it refuses a workflow.
         */
        public Builder validate(boolean validate) {
            this.validate = validate;
            return this;
        }

        /** @throws IllegalArgumentException naming everything that is wrong */
        public ClientOptions build() {
            List<String> problems = new ArrayList<>();
            String scheme = server.getScheme();
            if (scheme == null || !(scheme.equals("http") || scheme.equals("https")) || server.getHost() == null) {
                problems.add("the server \"" + server + "\" is no http or https address such as http://127.0.0.1:8188");
            }
            if (server.getRawUserInfo() != null) {
                problems.add("the address holds a login; give it as credentials(Credentials.basic(…)) instead");
            }
            if (server.getRawQuery() != null || server.getRawFragment() != null) {
                problems.add("the address has a query or fragment; give scheme, host, port and path prefix only");
            }
            if (connectLimit.isNegative() || connectLimit.isZero() || connectLimit.toMillis() > Integer.MAX_VALUE) {
                problems.add("the connect limit is " + connectLimit + "; it must be positive and under 24 days");
            }
            if (requestLimit.isNegative() || requestLimit.isZero()) {
                problems.add("the request limit is " + requestLimit + "; it must be positive");
            }
            if (maxRequests < 1) {
                problems.add("maxRequests is " + maxRequests + "; it must be 1 or more");
            }
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException(String.join("; ", problems));
            }
            return new ClientOptions(this);
        }
    }
}
