package io.github.comfyeks.testing.internal.run;

import io.github.comfyeks.testing.internal.run.QueueItem.TwinsException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A binary heap that compares what Python's {@code heapq} compares, in that order: {@code /queue} shows its inner order, and
 * where twins meet decides whether a request, a deletion or the worker itself fails (S14). Not safe for use by several threads.
 */
final class PromptHeap {
    private final ArrayList<QueueItem> items = new ArrayList<>();

    int size() {
        return items.size();
    }

    List<QueueItem> toList() {
        return List.copyOf(items);
    }

    void clear() {
        items.clear();
    }

    /** Adds an item. When the comparison fails the item is in all the same. */
    void push(QueueItem item) throws TwinsException {
        items.add(item);
        rise(0, items.size() - 1);
    }

    /** Takes the first item out. When a comparison fails, that item is lost. */
    QueueItem pop() throws TwinsException {
        QueueItem last = items.remove(items.size() - 1);
        if (items.isEmpty()) {
            return last;
        }
        QueueItem first = items.get(0);
        items.set(0, last);
        sink(0);
        return first;
    }

    /** Takes out the first match; when a comparison fails afterwards, it is out all the same. */
    boolean remove(Predicate<QueueItem> match) throws TwinsException {
        for (int i = 0; i < items.size(); i++) {
            if (match.test(items.get(i))) {
                items.remove(i);
                for (int parent = items.size() / 2 - 1; parent >= 0; parent--) {
                    sink(parent);
                }
                return true;
            }
        }
        return false;
    }

    /** Moves the item at {@code position} towards the top until its parent comes first. */
    private void rise(int top, int position) throws TwinsException {
        QueueItem item = items.get(position);
        int at = position;
        try {
            while (at > top) {
                int parent = (at - 1) >> 1;
                if (!item.before(items.get(parent))) {
                    break;
                }
                items.set(at, items.get(parent));
                at = parent;
            }
        } finally {
            items.set(at, item);
        }
    }

    /** Moves the item to the bottom along the smaller children, then up to its place: fewer comparisons on average. */
    private void sink(int start) throws TwinsException {
        QueueItem item = items.get(start);
        int at = start;
        int child = 2 * at + 1;
        try {
            while (child < items.size()) {
                int right = child + 1;
                if (right < items.size() && !items.get(child).before(items.get(right))) {
                    child = right;
                }
                items.set(at, items.get(child));
                at = child;
                child = 2 * at + 1;
            }
        } finally {
            items.set(at, item);
        }
        rise(start, at);
    }
}
