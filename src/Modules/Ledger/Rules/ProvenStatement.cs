using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HaoSuan.Ledger;

/// <summary>
/// A statement that proves itself (可验证对账单), as its file has it: what a distributor's accounts moved in a month, line by line in
/// clear, with the way of hashes from each line to a block, and from block to block to the checkpoint. docs/adr/0016 tells the form.
/// </summary>
internal sealed record ProvenStatement(
    string Format, int Tenant, DistributorId Distributor, Month Month, bool Closed,
    ProvenBalance Pending, ProvenBalance Available, ProvenBalance Paying, ProvenBalance Total,
    IReadOnlyList<ProvenBatch> Batches, IReadOnlyList<ProvenBlock> Blocks, ProvenCheckpoint Checkpoint, byte[] Digest)
{
    public const string CurrentFormat = "haosuan-statement-2";

    private static readonly JsonSerializerOptions Options = new(Json.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectRequiredConstructorParameters = true,
        Converters = { new HashJson(Merkle.Size), new NeighbourJson(), new MonthJson() },
    };

    public IEnumerable<(ProvenBalance Balance, Account Account)> Balances() =>
        [(Pending, Accounts.Pending(Distributor)), (Available, Accounts.Available(Distributor)), (Paying, Accounts.Paying(Distributor))];

    public IEnumerable<ProvenPosting> Postings() => Batches.SelectMany(b => b.Entries).SelectMany(e => e.Postings);

    /// <summary>Covers what no hash of the ledger covers, such as the opening balance. It shows an accident, not an intention.</summary>
    public byte[] Digested() => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this with { Digest = Hashes.Genesis }, Options));

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this with { Digest = Digested() }, Options);

    public static Result<ProvenStatement> Read(ReadOnlySpan<byte> file)
    {
        try
        {
            RefuseNulls(file);
            var read = JsonSerializer.Deserialize<ProvenStatement>(file, Options)!;       // no nulls
            return read.Format == CurrentFormat ? read : new Refusal("ledger.statement_unreadable", read.Format);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return new Refusal("ledger.statement_unreadable", e.Message);
        }
    }

    private static void RefuseNulls(ReadOnlySpan<byte> file)
    {
        var reader = new Utf8JsonReader(file);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Null) throw new JsonException("null");
        }
    }

    internal class HashJson(int size) : JsonConverter<byte[]>
    {
        public override byte[] Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            Convert.FromHexString(reader.GetString()!) is var bytes && bytes.Length == size ? bytes : throw new JsonException($"Not {size} bytes.");

        public override void Write(Utf8JsonWriter writer, byte[] bytes, JsonSerializerOptions options) =>
            writer.WriteStringValue(Convert.ToHexStringLower(bytes));
    }

    internal sealed class BlindingJson() : HashJson(Hashes.BlindingSize);

    private sealed class NeighbourJson : JsonConverter<Neighbour>
    {
        public override Neighbour Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.GetString()! is ['l' or 'r', ..] text && Convert.FromHexString(text.AsSpan(1)) is { Length: Merkle.Size } hash
                ? new(text[0] == 'l', hash)
                : throw new JsonException("Not \"l\" or \"r\" and a hash.");

        public override void Write(Utf8JsonWriter writer, Neighbour neighbour, JsonSerializerOptions options) =>
            writer.WriteStringValue($"{(neighbour.IsLeft ? 'l' : 'r')}{Convert.ToHexStringLower(neighbour.Hash)}");
    }

    private sealed class MonthJson : JsonConverter<Month>
    {
        public override Month Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            Month.TryParse(reader.GetString()!, out var month) ? month : throw new JsonException("Not a month such as \"2026-03\".");

        public override void Write(Utf8JsonWriter writer, Month month, JsonSerializerOptions options) => writer.WriteStringValue(month.ToString());
    }
}

/// <summary>What is owed at the beginning, what comes or goes, what is owed at the end.</summary>
internal sealed record ProvenBalance(Money Opening, Money Moved, Money Closing)
{
    public static ProvenBalance Of(Money opening, Money moved) => new(opening, moved, opening + moved);

    public static ProvenBalance operator +(ProvenBalance a, ProvenBalance b) => new(a.Opening + b.Opening, a.Moved + b.Moved, a.Closing + b.Closing);
}

/// <param name="Block">The height of the block that it is sealed in.</param>
/// <param name="Count">Of its entries, others' included.</param>
/// <param name="Path">From its hash to the block's root.</param>
internal sealed record ProvenBatch(
    int Block, long Id, Instant PostedAt, int Count, byte[] Root, IReadOnlyList<ProvenEntry> Entries, IReadOnlyList<Neighbour> Path);

/// <param name="Position">In the batch, from 0.</param>
/// <param name="Count">Of its postings, others' included.</param>
/// <param name="Root">Over its postings.</param>
/// <param name="Path">From its hash to the batch's root.</param>
internal sealed record ProvenEntry(
    int Position, string Kind, string Source, Instant At, Month Period, string Memo, int Count, byte[] Root,
    IReadOnlyList<ProvenPosting> Postings, IReadOnlyList<Neighbour> Path, OrderId? Order = null);

/// <param name="Line">In the entry, from 0.</param>
/// <param name="Amount">Debit positive: what is owed more is negative.</param>
/// <param name="Path">From its hash to the entry's root.</param>
internal sealed record ProvenPosting(
    int Line, string Account, Money Amount, string Label,
    [property: JsonConverter(typeof(ProvenStatement.BlindingJson))] byte[] Blinding, IReadOnlyList<Neighbour> Path);

/// <summary>A block on the way from the checkpoint to one that has lines.</summary>
/// <param name="Previous">The hash of the block before it.</param>
/// <param name="Shortcut">The hash of the block further back that it names: <see cref="BlockWay.Shortcut"/>.</param>
internal sealed record ProvenBlock(int Height, byte[] Previous, byte[] Shortcut, long FirstNumber, long LastNumber, Instant SealedAt, byte[] Root);

internal sealed record ProvenCheckpoint(int Height, byte[] Hash);
