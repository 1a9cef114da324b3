package io.countersign.gateway.storage;

import java.util.concurrent.Callable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Provides one object of a type for all tests of a run, and closes it at the end. */
public abstract class SharedParameter<T extends AutoCloseable> implements ParameterResolver {
    private final Class<T> type;
    private final Callable<T> start;

    protected SharedParameter(Class<T> type, Callable<T> start) {
        this.type = type;
        this.start = start;
    }

    @Override
    public final boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == type;
    }

    @Override
    public final Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(type))
                .computeIfAbsent(type, key -> started(), type);
    }

    private T started() {
        try {
            return start.call();
        } catch (Exception e) {
            throw new IllegalStateException(type.getSimpleName() + " did not start", e);
        }
    }
}
