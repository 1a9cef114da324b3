package io.countersign.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Value.ArrayValue;
import io.countersign.json.Value.NumberValue;
import io.countersign.json.Value.ObjectValue;
import io.countersign.json.Value.StringValue;
import io.countersign.json.Values;
import java.util.List;
import java.util.Set;

/** CloudWatch's requirements on a line from which it extracts metrics (Amazon CloudWatch User Guide, "Specification: Embedded metric format"). */
final class EmbeddedMetrics {
    private static final Set<String> UNITS = Set.of("Count", "Milliseconds", "None");

    private EmbeddedMetrics() {}

    static ObjectValue checked(String line) throws InvalidDocumentException {
        assertThat(line).doesNotContain("\n").hasSizeLessThan(1024 * 1024);
        ObjectValue root = (ObjectValue) Values.parse(line);
        Members aws = Members.of(Members.of(root).required("_aws"));
        Members.integer(aws.required("Timestamp"), 0, Long.MAX_VALUE);
        List<Value> directives = aws.list("CloudWatchMetrics");
        assertThat(directives).isNotEmpty();
        for (Value directive : directives) {
            check(root, Members.of(directive));
        }
        aws.done();
        return root;
    }

    private static void check(ObjectValue root, Members directive) throws InvalidDocumentException {
        assertThat(directive.string("Namespace")).matches("[0-9A-Za-z./_#:-]{1,1024}");
        List<Value> sets = directive.list("Dimensions");
        assertThat(sets).isNotEmpty();
        for (Value set : sets) {
            List<String> names = Members.strings(set);
            assertThat(names).hasSizeBetween(1, 30).doesNotHaveDuplicates();
            for (String name : names) {
                assertThat(root.members().get(name)).as(name).isInstanceOf(StringValue.class);
                assertThat(((StringValue) root.members().get(name)).text()).hasSizeBetween(1, 1024);
            }
        }
        List<Value> metrics = directive.list("Metrics");
        assertThat(metrics).hasSizeBetween(1, 100);
        for (Value metric : metrics) {
            Members members = Members.of(metric);
            String name = members.string("Name");
            assertThat(name).hasSizeBetween(1, 1024);
            assertThat(UNITS).contains(members.string("Unit"));
            members.done();
            check(name, root.members().get(name));
        }
        directive.done();
    }

    private static void check(String name, Value value) {
        switch (value) {
            case NumberValue number -> {}
            case ArrayValue array ->
                assertThat(array.elements())
                        .as(name)
                        .hasSizeBetween(1, 100)
                        .allSatisfy(element -> assertThat(element).isInstanceOf(NumberValue.class));
            default -> throw new AssertionError(name + " is " + value.kind());
        }
    }
}
