package io.countersign.gateway.storage;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Provides one {@link AppStorage} for all end-to-end tests of a run, and closes it at the end. */
final class AppStorageParameter implements ParameterResolver {
    private static final ExtensionContext.Namespace PLACE = ExtensionContext.Namespace.create(AppStorage.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == AppStorage.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot().getStore(PLACE).computeIfAbsent(AppStorage.class, type -> start(), AppStorage.class);
    }

    private static AppStorage start() {
        try {
            return AppStorage.start();
        } catch (Exception e) {
            throw new IllegalStateException("the guarded storage did not start", e);
        }
    }
}
