package io.countersign.gateway.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import io.countersign.gateway.config.Settings;
import io.countersign.settings.Setting;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;

/** The server knows all settings that are declared anywhere. */
@AnalyzeClasses(packages = Modules.ROOT, importOptions = WithoutTests.class)
class DeclaredSettingsTest {
    @ArchTest
    static void theServerKnowsExactlyTheDeclaredSettings(JavaClasses all) throws ReflectiveOperationException {
        List<Setting> declared = new ArrayList<>();
        for (JavaField field : all.stream()
                .flatMap(type -> type.getFields().stream())
                .filter(field -> field.getRawType().isEquivalentTo(Setting.class)
                        && field.getModifiers().contains(JavaModifier.STATIC))
                .toList()) {
            Field constant = field.reflect();
            constant.setAccessible(true);
            declared.add((Setting) constant.get(null));
        }
        assertThat(declared).isNotEmpty();
        assertThat(Settings.ALL).containsExactlyInAnyOrderElementsOf(declared);
    }
}
