namespace HaoSuan.Web.Demo;

/// <summary>Chance that is the same every time (SplitMix64): a demonstration can be told again.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    public int Below(int count) => (int)(Next() % (ulong)count);

    public bool Chance(int percent) => Below(100) < percent;

    public T Of<T>(IReadOnlyList<T> list) => list[Below(list.Count)];

    /// <summary>One of the list, each as often as its weight says.</summary>
    public T Of<T>(IReadOnlyList<T> list, Func<T, int> weight)
    {
        var left = Below(list.Sum(weight));
        return list.First(item => (left -= weight(item)) < 0);
    }

    public TimeSpan Hours(int from, int until) => TimeSpan.FromSeconds((from * 3600) + Below((until - from) * 3600));

    public string Digits(int count) => string.Concat(Enumerable.Range(0, count).Select(_ => (char)('0' + Below(10))));

    private ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            var z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
