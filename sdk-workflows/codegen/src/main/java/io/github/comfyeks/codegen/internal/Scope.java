package io.github.comfyeks.codegen.internal;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** The names taken in one place; who comes later gets a number. */
final class Scope {
    private final Set<String> taken;
    private final Predicate<String> reserved;
    private final boolean ignoresCase;

    private Scope(Set<String> taken, Predicate<String> reserved, boolean ignoresCase) {
        this.taken = taken;
        this.reserved = reserved;
        this.ignoresCase = ignoresCase;
    }

    /** Of types, whose files must differ on disks that know no case. */
    static Scope ofTypes() {
        return ofTypes(Set.of());
    }

    /** Of types within others, whose names they must not have. */
    static Scope ofTypes(Collection<String> enclosing) {
        Scope scope = new Scope(new HashSet<>(), JavaNames::isReservedType, true);
        enclosing.forEach(name -> scope.taken.add(scope.key(name)));
        return scope;
    }

    /** Of methods, fields or constants. */
    static Scope ofMembers(Set<String> reserved) {
        return new Scope(new HashSet<>(), reserved::contains, false);
    }

    /**
     * Takes a name.
     *
     * @param suffix goes behind a reserved name
     */
    String take(String wanted, String suffix) {
        String name = reserved.test(wanted) ? wanted + suffix : wanted;
        String free = name;
        for (int i = 2; reserved.test(free) || !taken.add(key(free)); i++) {
            free = name + (Character.isDigit(name.charAt(name.length() - 1)) ? "_" : "") + i;
        }
        return free;
    }

    private String key(String name) {
        return ignoresCase ? name.toLowerCase(Locale.ROOT) : name;
    }
}
