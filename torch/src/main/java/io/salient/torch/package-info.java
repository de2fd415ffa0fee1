/**
 * How Salient talks to LibTorch: engine start, programs written as TorchScript text, and weights
 * read from safetensors files.
 */
package io.salient.torch;
