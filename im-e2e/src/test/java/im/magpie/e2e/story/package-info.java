/** What people and programs live through with Magpie. */
@NullMarked
package im.magpie.e2e.story;

import org.jspecify.annotations.NullMarked;
