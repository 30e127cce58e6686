using HaoSuan.Inventory;

namespace HaoSuan.Bench;

/// <summary>Numbers as carriers give them out, in segments of ten thousand, and what people may ask of them.</summary>
internal static class NumberShapes
{
    private const int PerSegment = 4_000;

    private static readonly string[] Compared = ["tail of 2", "tail of 4", "anywhere, 3", "anywhere, 4", "anywhere with gaps, 4 of 7"];

    /// <summary>Searches of one shape.</summary>
    /// <param name="Skip">How many of the numbers found were shown before.</param>
    internal sealed record Shape(string Name, IReadOnlyList<NumberSearch> Searches, int Skip = 0)
    {
        /// <summary>Whether others are asked for the same.</summary>
        public bool HasPeers => Compared.Contains(Name);
    }

    /// <summary>That many numbers, each once, in segments of which not all is there.</summary>
    public static string[] Numbers(int count)
    {
        var random = new Draw(1);
        HashSet<string> numbers = new(count, StringComparer.Ordinal);
        while (numbers.Count < count)
        {
            var segment = $"1{3 + random.Below(7)}{random.Below(100_000):00000}";
            for (var i = 0; i < PerSegment && numbers.Count < count; i++) numbers.Add($"{segment}{random.Below(10_000):0000}");
        }
        return [.. numbers];
    }

    /// <summary>As a line of an import: one of a thousand costs 1,500 yuan.</summary>
    public static string Priced(string number, int place) => place % 1000 == 0 ? $"{number},1500" : number;

    public static IReadOnlyList<Shape> All(string[] pool, int each)
    {
        var random = new Draw(2);
        List<Shape> shapes = [];
        foreach (var digits in new[] { 1, 2, 3, 4, 5, 6, 8 }) Add($"tail of {digits}", () => new(Ends: Digits(digits)));
        foreach (var digits in new[] { 1, 2, 3, 4, 5, 6, 8 }) Add($"anywhere, {digits}", () => new(Contains: Digits(digits)));
        Add("begins with 3, ends with 4: 138????8888", () => new(Ends: Kept(i => i is < 3 or > 6)));
        foreach (var known in new[] { 1, 2, 3, 4, 5, 6, 8 }) Add($"any {known} of its places", () => new(Ends: Some(known)));
        Add("tail with gaps: 8?8?8", () => new(Ends: Gaps(5)));
        foreach (var length in new[] { 5, 7, 9 }) Add($"anywhere with gaps, {(length + 1) / 2} of {length}", () => new(Contains: Gaps(length)));
        Add("a pattern", () => new(Pattern: Pattern()));
        Add("a pattern and 2 anywhere", () => new(Contains: Digits(2), Pattern: Pattern()));
        Add("a pattern and a tail of 2", () => new(Ends: Digits(2), Pattern: Pattern()));
        Add("no 4 and 3 anywhere", () => new(Contains: Digits(3), Without4: true));
        Add("no 4 and a tail of 3", () => new(Ends: Digits(3), Without4: true));
        Add("no supplement and 4 anywhere", () => new(Contains: Digits(4), Price: NumberPrice.None));
        Add("a rare price", () => new(Price: NumberPrice.Over1000));
        Add("a rare price and 3 anywhere", () => new(Contains: Digits(3), Price: NumberPrice.Over1000));
        Add("a price that no number has", () => new(Price: NumberPrice.To500));
        Add("everything, from the 100,000th on", () => new(), 100_000);
        Add("anywhere, 2, from the 50,000th on", () => new(Contains: Digits(2)), 50_000);
        return shapes;

        void Add(string name, Func<NumberSearch> search, int skip = 0) =>
            shapes.Add(new(name, [.. Enumerable.Range(0, each).Select(_ => search())], skip));

        // One half of the wishes can be met: they are digits of some number.
        string Digits(int length)
        {
            if (random.Below(2) == 0) return string.Concat(Enumerable.Range(0, length).Select(_ => random.Below(10)));
            var start = random.Below(12 - length);
            return pool[random.Below(pool.Length)].Substring(start, length);
        }

        string Gaps(int length) => string.Concat(Digits(length).Select((d, i) => i % 2 == 0 ? d : '?'));

        string Kept(Func<int, bool> isKept) => string.Concat(pool[random.Below(pool.Length)].Select((d, i) => isKept(i) ? d : '?'));

        string Some(int known)
        {
            var places = Enumerable.Range(1, 10).OrderBy(_ => random.Below(int.MaxValue)).Take(known).ToList();
            return Kept(places.Contains);
        }

        NumberPattern Pattern() => (NumberPattern)(1 + random.Below(Enum.GetValues<NumberPattern>().Length - 1));
    }

    /// <summary>The same draws in every run: splitmix64.</summary>
    private sealed class Draw(ulong seed)
    {
        private ulong _state = seed;

        public int Below(int count)
        {
            unchecked
            {
                _state += 0x9E3779B97F4A7C15;
                var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
                mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
                return (int)((mixed ^ (mixed >> 31)) % (ulong)count);
            }
        }
    }
}
