using System.Text;
using HaoSuan.Orders;
using HaoSuan.Settling;

namespace HaoSuan.Settlements;

/// <summary>
/// What is booked for an order, in a few bytes: a run over a million orders writes as many. Texts, distributors and instants stand
/// once each and are named by their places; a line then takes seven bytes or so.
/// </summary>
internal static class BookedBytes
{
    private const byte Version = 1;

    public static byte[] Write(IReadOnlyList<Line> lines, IReadOnlyList<BookedStage> stages)
    {
        var (texts, distributors, instants) = (new List<string>(), new List<string>(), new List<Instant>());
        using var bytes = new MemoryStream(256);
        using var body = new BinaryWriter(bytes, Encoding.UTF8);
        body.Write7BitEncodedInt(stages.Count);
        foreach (var stage in stages)
        {
            body.Write7BitEncodedInt(Place(texts, stage.Stage));
            body.Write7BitEncodedInt(Place(texts, stage.Instance));
            body.Write7BitEncodedInt(Place(instants, stage.EarnedAt));
            body.Write7BitEncodedInt(stage.ReleasesAt is { } at ? 1 + Place(instants, at) : 0);
            body.Write7BitEncodedInt64(stage.Upstream.Minor);
            body.Write7BitEncodedInt64(stage.Top.Minor);
            body.Write(stage.IsFirst);
        }
        body.Write7BitEncodedInt(lines.Count);
        foreach (var (key, amount, earned, releases) in lines)
        {
            body.Write7BitEncodedInt(Place(texts, key.Stage));
            body.Write7BitEncodedInt(Place(texts, key.Instance));
            body.Write7BitEncodedInt(Place(distributors, key.Distributor));
            body.Write((byte)(((int)key.Role << 1) | (int)key.State));
            body.Write7BitEncodedInt64(amount.Minor);
            body.Write7BitEncodedInt(Place(instants, earned));
            body.Write7BitEncodedInt(releases is { } at ? 1 + Place(instants, at) : 0);
        }
        return WithTables(bytes, texts, distributors, instants);
    }

    public static (IReadOnlyList<Line> Lines, IReadOnlyList<BookedStage> Stages) Read(byte[] bytes, OrderId order)
    {
        if (bytes.Length == 0) return ([], []);
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        if (reader.ReadByte() is not Version and var version) throw new InvalidOperationException($"Booked lines of version {version}.");
        var texts = List(reader, r => r.ReadString());
        var distributors = List(reader, r => OrderToSettle.Name(DistributorId.From(new(r.ReadBytes(16)))));
        var instants = List(reader, r => new Instant(r.ReadInt64()));
        var stages = List(reader, r => new BookedStage(
            texts[r.Read7BitEncodedInt()], texts[r.Read7BitEncodedInt()], instants[r.Read7BitEncodedInt()], Optional(r, instants),
            new(r.Read7BitEncodedInt64()), new(r.Read7BitEncodedInt64()), r.ReadBoolean()));
        var name = OrderToSettle.Name(order);
        var lines = List(reader, r =>
        {
            var (stage, instance, distributor, how) =
                (texts[r.Read7BitEncodedInt()], texts[r.Read7BitEncodedInt()], distributors[r.Read7BitEncodedInt()], r.ReadByte());
            return new Line(
                new(name, stage, instance, distributor, (Role)(how >> 1), (State)(how & 1)),
                new(r.Read7BitEncodedInt64()), instants[r.Read7BitEncodedInt()], Optional(r, instants));
        });
        return (lines, stages);
    }

    private static byte[] WithTables(MemoryStream body, List<string> texts, List<string> distributors, List<Instant> instants)
    {
        using var bytes = new MemoryStream(512);
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(Version);
        writer.Write7BitEncodedInt(texts.Count);
        foreach (var text in texts) writer.Write(text);
        writer.Write7BitEncodedInt(distributors.Count);
        foreach (var distributor in distributors) writer.Write(Guid.Parse(distributor).ToByteArray());
        writer.Write7BitEncodedInt(instants.Count);
        foreach (var instant in instants) writer.Write(instant.Microseconds);
        body.WriteTo(bytes);
        return bytes.ToArray();
    }

    // These lists have a few elements.
    private static int Place<T>(List<T> list, T value)
    {
        var place = list.IndexOf(value);
        if (place >= 0) return place;
        list.Add(value);
        return list.Count - 1;
    }

    private static List<T> List<T>(BinaryReader reader, Func<BinaryReader, T> read)
    {
        var list = new List<T>(reader.Read7BitEncodedInt());
        for (var i = list.Capacity; i > 0; i--) list.Add(read(reader));
        return list;
    }

    private static Instant? Optional(BinaryReader reader, List<Instant> instants) =>
        reader.Read7BitEncodedInt() is > 0 and var place ? instants[place - 1] : null;
}

/// <summary>An earned instance of a stage, as it was booked.</summary>
/// <param name="Top">What the whole chain gets for it.</param>
/// <param name="IsFirst">Whether it is the first instance of its stage: that one counts for bonuses.</param>
internal sealed record BookedStage(
    string Stage, string Instance, Instant EarnedAt, Instant? ReleasesAt, Money Upstream, Money Top, bool IsFirst)
{
    /// <summary>Whether it counts for bonuses: the first instance of its stage, and worth something.</summary>
    public bool Counts => IsFirst && (!Upstream.IsZero || !Top.IsZero);
}
