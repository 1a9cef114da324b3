package io.countersign.clients;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Provides one {@link ClientStorage} for the tests of a class, and closes it at the end, so that no class sees the clock that another has set. */
final class ClientStorageParameter implements ParameterResolver {
    private static final ExtensionContext.Namespace PLACE = ExtensionContext.Namespace.create(ClientStorage.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ClientStorage.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(PLACE)
                .computeIfAbsent(context.getRequiredTestClass(), type -> start(), ClientStorage.class);
    }

    private static ClientStorage start() {
        try {
            return new ClientStorage();
        } catch (Exception e) {
            throw new IllegalStateException("the guarded storage did not start", e);
        }
    }
}
