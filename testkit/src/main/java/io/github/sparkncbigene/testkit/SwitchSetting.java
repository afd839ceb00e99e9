package io.github.sparkncbigene.testkit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A setting of a switch in words, for command lines: {@code supersededVersion=MISSING}. The names are those of the methods
 * of {@link BehaviourSwitches} that take a number, a truth value or a constant; letter case and hyphens in values do not
 * matter.
 */
public final class SwitchSetting {
    private final Method method;
    private final Object value;

    private SwitchSetting(Method method, Object value) {
        this.method = method;
        this.value = value;
    }

    /**
     * Reads a setting.
     *
     * @throws IllegalArgumentException if there is no such switch, or the switch has no such value
     */
    public static SwitchSetting parse(String text) {
        String name = text.substring(0, Math.max(text.indexOf('='), 0));
        Method method = Arrays.stream(BehaviourSwitches.class.getDeclaredMethods())
                .filter(SwitchSetting::isSwitch)
                .filter(candidate -> candidate.getName().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("'" + text + "' sets no switch. Give NAME=VALUE, NAME one of "
                                + Arrays.stream(BehaviourSwitches.class.getDeclaredMethods())
                                        .filter(SwitchSetting::isSwitch)
                                        .map(Method::getName)
                                        .collect(Collectors.toCollection(TreeSet::new))));
        return new SwitchSetting(method, value(method, text.substring(name.length() + 1)));
    }

    private static boolean isSwitch(Method method) {
        return Modifier.isPublic(method.getModifiers())
                && !method.isBridge()
                && method.getParameterCount() == 1
                && (type(method).isEnum() || type(method) == boolean.class || type(method) == int.class);
    }

    private static Class<?> type(Method method) {
        return method.getParameterTypes()[0];
    }

    private static Object value(Method method, String text) {
        Class<?> type = type(method);
        if (type == int.class && text.matches("\\d{1,9}")) {
            return Integer.valueOf(text);
        }
        Object[] values = type.isEnum() ? type.getEnumConstants() : new Object[] {true, false};
        String wanted = text.replace('-', '_').toUpperCase(Locale.ROOT);
        Optional<Object> found = type == int.class
                ? Optional.empty()
                : Arrays.stream(values)
                        .filter(value ->
                                value.toString().toUpperCase(Locale.ROOT).equals(wanted))
                        .findFirst();
        return found.orElseThrow(
                () -> new IllegalArgumentException("'" + text + "' is not a value of " + method.getName() + ". Give "
                        + (type == int.class ? "a number." : "one of " + Arrays.toString(values) + ".")));
    }

    /** Turns the switch. */
    public void applyTo(BehaviourSwitches<?> switches) {
        try {
            method.invoke(switches, value);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(e.getCause().getMessage(), e);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return method.getName() + "=" + value;
    }
}
