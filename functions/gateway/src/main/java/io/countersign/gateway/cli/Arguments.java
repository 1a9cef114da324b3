package io.countersign.gateway.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.TypeConversionException;

/**
 * Declares the arguments of a command or of a group of its options.
 *
 * <p>A name is the option's with its dashes, a label stands for its value in the help. An option may be given once, unless it is {@linkplain #repeated repeated}.
 */
abstract class Arguments {
    private static final ITypeConverter<Path> PATH = Arguments::path;
    private static final ITypeConverter<Integer> NUMBER = Arguments::wholeNumber;
    private static final ITypeConverter<String> WORD = Arguments::word;

    abstract void add(OptionSpec option);

    abstract void add(PositionalParamSpec operand);

    abstract void add(ArgGroupSpec group);

    final Argument<String> required(String name, String label, String description) {
        OptionSpec option =
                added(option(name, label, description).type(String.class).required(true));
        return () -> given(option);
    }

    final Argument<Path> requiredPath(String name, String label, String description) {
        OptionSpec option = added(option(name, label, description)
                .type(Path.class)
                .converters(PATH)
                .required(true));
        return () -> given(option);
    }

    final Argument<Optional<String>> optional(String name, String label, String description) {
        OptionSpec option = added(option(name, label, description).type(String.class));
        return () -> Optional.ofNullable(option.<String>getValue());
    }

    /** The script of {@code completion} proposes no files for it. */
    final Argument<Optional<Path>> optionalPath(String name, String label, String description) {
        // Of type String, since the parser has the shell propose files for a Path.
        OptionSpec option =
                added(option(name, label, description).type(String.class).converters(PATH));
        return () -> Optional.ofNullable(option.<Path>getValue());
    }

    /** An option whose value is a whole number, of which 32 bits with a sign are taken. */
    final Argument<OptionalInt> number(String name, String label, String description) {
        OptionSpec option =
                added(option(name, label, description).type(Integer.class).converters(NUMBER));
        return () -> Optional.ofNullable(option.<Integer>getValue())
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }

    /** An option without a value. */
    final Argument<Boolean> flag(String name, String description) {
        return set(added(truth(name, description).arity("0")));
    }

    /** An option that needs no value, and takes {@code =true} and {@code =false}. */
    final Argument<Boolean> flagWithValue(String name, String description) {
        return set(added(truth(name, description)));
    }

    /** An option that may be given more than once. */
    final Argument<List<String>> repeated(String name, String label, String description) {
        OptionSpec option =
                added(option(name, label, description).type(List.class).auxiliaryTypes(String.class));
        return () -> Optional.ofNullable(option.<List<String>>getValue())
                .map(List::copyOf)
                .orElse(List.of());
    }

    /** A required word that is no option's. */
    final Argument<String> operand(String label, String description) {
        return operand(PositionalParamSpec.builder().paramLabel(label).description(description));
    }

    /** @param proposals the words that the script of {@code completion} proposes; others are taken too */
    final Argument<String> operand(String label, String description, List<String> proposals) {
        return operand(PositionalParamSpec.builder()
                .paramLabel(label)
                .description(description)
                .completionCandidates(proposals));
    }

    private Argument<String> operand(PositionalParamSpec.Builder builder) {
        PositionalParamSpec operand = builder.index("0")
                .type(String.class)
                .converters(WORD)
                .required(true)
                .build();
        add(operand);
        return () -> given(operand);
    }

    /** The paths, at least one, that are no option's. */
    final Argument<List<Path>> paths(String label, String description) {
        PositionalParamSpec operands = PositionalParamSpec.builder()
                .arity("1..*")
                .paramLabel(label)
                .description(description)
                .type(List.class)
                .auxiliaryTypes(Path.class)
                .converters(PATH)
                .required(true)
                .build();
        add(operands);
        return () -> List.copyOf(Arguments.<List<Path>>given(operands));
    }

    /** Declares options of which a command line may have one. */
    final <T> T atMostOne(Function<Arguments, T> declared) {
        return group(ArgGroupSpec.builder().exclusive(true).multiplicity("0..1"), declared);
    }

    /** Declares options of which a command line must have one. */
    final <T> T exactlyOne(Function<Arguments, T> declared) {
        return group(ArgGroupSpec.builder().exclusive(true).multiplicity("1"), declared);
    }

    /** Declares options of which a command line that has any must have the required ones. */
    final <T> T together(Function<Arguments, T> declared) {
        return group(ArgGroupSpec.builder().exclusive(false).multiplicity("0..1"), declared);
    }

    private <T> T group(ArgGroupSpec.Builder builder, Function<Arguments, T> declared) {
        T arguments = declared.apply(new Group(builder));
        add(builder.build());
        return arguments;
    }

    private static OptionSpec.Builder option(String name, String label, String description) {
        return OptionSpec.builder(name).paramLabel(label).description(description);
    }

    private static OptionSpec.Builder truth(String name, String description) {
        return OptionSpec.builder(name).description(description).type(boolean.class);
    }

    private OptionSpec added(OptionSpec.Builder builder) {
        OptionSpec option = builder.build();
        add(option);
        return option;
    }

    private static Argument<Boolean> set(OptionSpec option) {
        return () -> Boolean.TRUE.equals(option.<Boolean>getValue());
    }

    private static <T> T given(ArgSpec argument) {
        return Objects.requireNonNull(argument.<T>getValue(), "the parser requires it");
    }

    private static Path path(String word) {
        if (word.isEmpty()) {
            // To the JDK it is the working directory.
            throw new TypeConversionException("it is empty; give a path");
        }
        try {
            return Path.of(word);
        } catch (InvalidPathException e) {
            throw new TypeConversionException("cannot convert '" + word + "' to " + Path.class + " (" + e + ")");
        }
    }

    private static String word(String word) {
        if (word.isEmpty()) {
            throw new TypeConversionException("it is empty");
        }
        return word;
    }

    private static Integer wholeNumber(String word) {
        try {
            return Integer.valueOf(word);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + word + "' is not a whole number");
        }
    }

    /** The options of a group, which the parser knows when the group is complete. */
    private static final class Group extends Arguments {
        private final ArgGroupSpec.Builder builder;

        Group(ArgGroupSpec.Builder builder) {
            this.builder = builder;
        }

        @Override
        void add(OptionSpec option) {
            builder.addArg(option);
        }

        @Override
        void add(PositionalParamSpec operand) {
            builder.addArg(operand);
        }

        @Override
        void add(ArgGroupSpec group) {
            builder.addSubgroup(group);
        }
    }
}
