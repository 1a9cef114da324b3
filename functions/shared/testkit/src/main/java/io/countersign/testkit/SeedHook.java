package io.countersign.testkit;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/** Gives every property its seed. jqwik finds it among its services; without it each run would have seeds of its own. */
public final class SeedHook implements AroundPropertyHook {
    /** The seed of the property: another for each, so that two properties of the same parameters do not see the same cases. */
    static String seed(PropertyLifecycleContext context) {
        return Long.toString(Seeds.of(context.containerClass().getName()
                + '.'
                + context.targetMethod().getName()));
    }

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        context.attributes().setSeed(seed(context));
        return property.execute();
    }

    /** Before all others. */
    @Override
    public int aroundPropertyProximity() {
        return Integer.MIN_VALUE;
    }

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }
}
