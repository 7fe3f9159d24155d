package io.github.comfyeks.transport.internal;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** OkHttp, set up for this house: what no other class needs to know of it. */
final class Engine {
    static final String USER_AGENT = "comfyeks";

    private static final RequestBody EMPTY = RequestBody.create(new byte[0]);

    private Engine() {}

    static OkHttpClient create(HttpConfig config) {
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .connectTimeout(config.connectLimit())
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .eventListener(SentMark.LISTENER)
                .addNetworkInterceptor(Engine::tameRetryAfter)
                .connectionPool(new ConnectionPool(64, 5, TimeUnit.MINUTES));
        if (config.sslContext() != null && config.trustManager() != null) {
            builder.sslSocketFactory(config.sslContext().getSocketFactory(), config.trustManager());
        }
        if (config.proxy() != null) {
            builder.proxy(config.proxy());
        }
        if (config.proxyCredentials() != null) {
            var credentials = config.proxyCredentials();
            builder.proxyAuthenticator((route, response) -> {
                if (response.request().header("Proxy-Authorization") != null) {
                    return null;
                }
                Request.Builder request = response.request().newBuilder();
                credentials.headers().values().forEach(value -> request.header("Proxy-Authorization", value));
                return request.build();
            });
        }
        return builder.build();
    }

    /**
     * OkHttp reads {@code Retry-After} of a 503 by itself: at 0 it sends the request again, a POST too, whatever it was told,
     * and a number beyond an int ends it with a NumberFormatException.
     */
    private static Response tameRetryAfter(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        String asked = response.code() == 503 ? response.header("Retry-After") : null;
        if (asked == null || !asked.matches("\\d+")) {
            return response;
        }
        String tamed = asked.matches("0+") ? "" : asked.length() > 6 ? "999999" : asked;
        return response.newBuilder().header("Retry-After", tamed).build();
    }

    static HttpUrl url(URI server) {
        String text = server.toString();
        HttpUrl url = HttpUrl.parse(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        if (url == null) {
            throw new IllegalArgumentException("no http or https address: " + server);
        }
        return url;
    }

    static Request request(HttpCall call, HttpUrl url, Map<String, String> secrets) {
        Request.Builder request =
                new Request.Builder().url(url).header("User-Agent", USER_AGENT).tag(SentMark.class, new SentMark());
        call.headers.forEach(request::header);
        secrets.forEach(request::header);
        boolean takesBody = !call.method.equals("GET") && !call.method.equals("HEAD");
        return request.method(call.method, takesBody ? requestBody(call.body) : null)
                .build();
    }

    /** Whether the request's head began to be written: before that, the server cannot have seen it. */
    static boolean mayHaveArrived(Request request) {
        SentMark mark = request.tag(SentMark.class);
        return mark == null || mark.sent;
    }

    private static RequestBody requestBody(@Nullable HttpBody body) {
        if (body == null) {
            return EMPTY;
        }
        if (body instanceof HttpBody.Multipart multipart) {
            MultipartBody.Builder form = new MultipartBody.Builder().setType(MultipartBody.FORM);
            multipart.fields().forEach(form::addFormDataPart);
            return form.addFormDataPart(multipart.fileField(), multipart.fileName(), requestBody(multipart.file()))
                    .build();
        }
        MediaType type = MediaType.parse(body.contentType());
        return new RequestBody() {
            @Override
            public @Nullable MediaType contentType() {
                return type;
            }

            @Override
            public long contentLength() {
                return body.contentLength();
            }

            @Override
            public void writeTo(BufferedSink sink) throws IOException {
                body.writeTo(sink.outputStream());
            }
        };
    }

    /** Tells whether a request was ever begun on a connection. */
    private static final class SentMark {
        static final EventListener LISTENER = new EventListener() {
            @Override
            public void requestHeadersStart(Call call) {
                SentMark mark = call.request().tag(SentMark.class);
                if (mark != null) {
                    mark.sent = true;
                }
            }
        };

        volatile boolean sent;
    }
}
