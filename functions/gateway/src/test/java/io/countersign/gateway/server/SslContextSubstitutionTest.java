package io.countersign.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.oracle.svm.core.annotate.Substitute;
import io.netty.handler.ssl.SslContext;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That no way to a TLS context is left in an executable by which Netty asks for the classes of OpenSSL. A Netty that is raised may add one. */
class SslContextSubstitutionTest {
    private static final Set<String> MAKE_A_CONTEXT = Set.of("newClientContextInternal", "newServerContextInternal");

    @Test
    void eachMethodThatMakesAContextIsReplacedOnce() throws ClassNotFoundException {
        Class<?> ofQuarkus = Class.forName(
                "io.quarkus.netty.runtime.graal.Target_io_netty_handler_ssl_SslContext",
                false,
                SslContext.class.getClassLoader());
        List<Signature> replaced = Stream.of(ofQuarkus, SslContextSubstitution.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Substitute.class))
                .map(Signature::of)
                .toList();
        List<Signature> made = Arrays.stream(SslContext.class.getDeclaredMethods())
                .filter(method -> MAKE_A_CONTEXT.contains(method.getName()))
                .map(Signature::of)
                .toList();
        assertThat(made).hasSizeGreaterThan(1);
        assertThat(replaced).containsExactlyInAnyOrderElementsOf(made);
    }

    private record Signature(String name, List<Class<?>> parameters, Class<?> result) {
        static Signature of(Method method) {
            return new Signature(method.getName(), List.of(method.getParameterTypes()), method.getReturnType());
        }
    }
}
