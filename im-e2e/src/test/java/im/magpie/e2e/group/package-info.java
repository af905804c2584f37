/** People who come to groups and go again by chance, and the judgement on what each of their devices has seen. */
@NullMarked
package im.magpie.e2e.group;

import org.jspecify.annotations.NullMarked;
