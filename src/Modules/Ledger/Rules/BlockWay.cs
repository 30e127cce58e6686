using System.Numerics;

namespace HaoSuan.Ledger;

/// <summary>
/// The way from a block to one before it. Each block names two: the one before, and one further back, so that a way has two
/// or three blocks for each doubling of the distance. docs/adr/0016 tells why it proves as much as all blocks between.
/// </summary>
internal static class BlockWay
{
    /// <summary>
    /// The block further back that a block names: take from its height the largest of 1, 3, 7, 15 … that there is, again and again, and the last
    /// one taken is how far back it is (E. W. Myers, An applicative random-access stack, 1983). 0: before the first.
    /// </summary>
    public static int Shortcut(int height)
    {
        var step = 0;
        for (var rest = height; rest > 0; rest -= step) step = (1 << BitOperations.Log2((uint)rest + 1)) - 1;
        return height - step;
    }

    /// <summary>The heights on the way, both ends included: always the shortcut, unless it leads past the end.</summary>
    /// <param name="from">The later block.</param>
    /// <param name="to">The earlier one, at least 1, or the same.</param>
    public static IEnumerable<int> Between(int from, int to)
    {
        for (var height = from; height > to; height = Shortcut(height) >= to ? Shortcut(height) : height - 1) yield return height;
        yield return to;
    }

    /// <summary>The heights on the ways to all of these, and that of the beginning, ascending.</summary>
    public static IEnumerable<int> Among(int from, IEnumerable<int> to) => to.Append(from).SelectMany(t => Between(from, t)).Distinct().Order();
}
