package io.github.comfyeks.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.comfyeks.internal.ClientThreads;
import io.github.comfyeks.ref.PromptId;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AsyncFacesTest {
    private static final Map<Class<?>, Object> ARGUMENTS = Map.of(
            PromptId.class,
            PromptId.of("p"),
            Collection.class,
            List.of(PromptId.of("q")),
            String.class,
            "text",
            int.class,
            3,
            boolean.class,
            true,
            byte[].class,
            new byte[] {1, 2},
            JobQuery.class,
            JobQuery.all());

    private final ClientThreads threads = new ClientThreads(1, Runnable::run);

    @AfterEach
    void close() {
        threads.close();
    }

    static Stream<Method> calls() {
        return Stream.of(ServerApi.class, JobsApi.class, UserdataApi.class)
                .flatMap(api -> Arrays.stream(api.getMethods()));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void passesEveryCallToTheBlockingOne(Method call) throws ReflectiveOperationException {
        Class<?> api = call.getDeclaringClass();
        List<Object> heard = new ArrayList<>();
        Object blocking = Proxy.newProxyInstance(api.getClassLoader(), new Class<?>[] {api}, (proxy, method, given) -> {
            heard.add(method);
            heard.addAll(given == null ? List.of() : List.of(given));
            return method.getReturnType() == int.class ? 7 : method.getReturnType() == boolean.class ? true : null;
        });
        Class<?> face = Class.forName("io.github.comfyeks.server.internal.Threaded" + api.getSimpleName());
        Object async = face.getConstructor(api, ClientThreads.class).newInstance(blocking, threads);
        Object[] arguments =
                Arrays.stream(call.getParameterTypes()).map(ARGUMENTS::get).toArray();

        Object future = face.getMethod(call.getName(), call.getParameterTypes()).invoke(async, arguments);

        assertThat(future).isInstanceOf(CompletableFuture.class);
        ((CompletableFuture<?>) future).join();
        assertThat(((CompletableFuture<?>) future).isCompletedExceptionally()).isFalse();
        List<Object> expected = new ArrayList<>(List.of(call));
        expected.addAll(List.of(arguments));
        assertThat(heard).usingRecursiveComparison().isEqualTo(expected);
    }
}
