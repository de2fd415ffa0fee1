package io.salient.extractor.model.architecture;

/**
 * A kind of transformer block.
 *
 * @param method name of its method in the text: {@code def NAME(self, x: Tensor, mask:
 *     Optional[Tensor], c: List[Tensor], w: List[Tensor], o: int) -> Tensor}, of which the body is
 *     written with {@code $weight} for the block's weights
 * @param tensors its weights; blocks of the same method have the same ones, under whatever names in
 *     the checkpoint
 * @param text the method, and others that take the block's weights
 */
public record Block(String method, Tensors tensors, String text) {}
