package io.github.sparkncbigene.optimizer;

import java.util.ArrayList;
import java.util.List;
import scala.collection.Iterable;
import scala.collection.Iterator;
import scala.collection.immutable.Nil$;

/**
 * Converts Scala's lists. {@code Seq} is a different interface in Scala 2.12 and 2.13, so no method with a {@code Seq}
 * in its signature may be called. Results of such methods are passed here as an {@link Object}.
 */
final class ScalaLists {
    private ScalaLists() {}

    /** Returns the elements of any Scala collection. */
    static List<Object> toJava(Object collection) {
        List<Object> elements = new ArrayList<>();
        Iterator<?> iterator = ((Iterable<?>) collection).iterator();
        while (iterator.hasNext()) {
            elements.add(iterator.next());
        }
        return elements;
    }

    /** Returns a {@code List}, which is a {@code Seq} in 2.12 and 2.13. */
    static scala.collection.immutable.List<Object> toScala(List<?> elements) {
        scala.collection.immutable.List<Object> list = empty();
        for (int i = elements.size() - 1; i >= 0; i--) {
            list = list.$colon$colon(elements.get(i));
        }
        return list;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static scala.collection.immutable.List<Object> empty() {
        return (scala.collection.immutable.List) Nil$.MODULE$;
    }
}
