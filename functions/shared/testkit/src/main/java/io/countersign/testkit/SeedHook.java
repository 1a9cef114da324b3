package io.countersign.testkit;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/** Sets the seed of every jqwik property, so that each run draws the same cases. jqwik loads it as a service. */
public final class SeedHook implements AroundPropertyHook {
    /** Returns the property's seed, which differs for each, so that two properties with the same parameters draw different cases. */
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

    /** Runs before all other hooks. */
    @Override
    public int aroundPropertyProximity() {
        return Integer.MIN_VALUE;
    }

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }
}
