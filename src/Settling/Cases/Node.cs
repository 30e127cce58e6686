using System.Globalization;
using System.Text.Json;

namespace HaoSuan.Settling.Cases;

/// <summary>What the reading of one file has come to: the currency of its amounts and the faults found so far.</summary>
internal sealed class Reading
{
    public Currency Currency { get; set; } = Currency.Cny;

    public List<Fault> Faults { get; } = [];

    public void Fail(string path, Message message) => Faults.Add(new(path, message.English, message.Chinese));
}

/// <summary>
/// A value of a JSON file that knows its path. What cannot be read leaves a fault and gives null, so that one reading finds
/// all faults of a file.
/// </summary>
internal sealed class Node(JsonElement value, Node? parent, string name, Reading reading)
{
    public JsonElement Value => value;

    public Reading Reading => reading;

    public string Path => parent is null ? "$" : parent.PathOf(name);

    public void Fail(Message message) => reading.Fail(Path, message);

    public void Fail(string key, Message message) => reading.Fail(PathOf(key), message);

    /// <summary>Whether this is an object; also finds its unknown and repeated keys.</summary>
    public bool IsObject(params ReadOnlySpan<string> keys)
    {
        if (!Is(JsonValueKind.Object)) return false;
        foreach (var (key, _) in Members())
        {
            if (!keys.Contains(key)) Fail(key, Message.UnknownKey);
        }
        return true;
    }

    /// <summary>The members of an object, each key once.</summary>
    public IReadOnlyCollection<KeyValuePair<string, Node>> Members()
    {
        var members = new OrderedDictionary<string, Node>(StringComparer.Ordinal);
        if (!Is(JsonValueKind.Object)) return members;
        foreach (var member in value.EnumerateObject())
        {
            if (NameOf(member) is not { } key) Fail(Message.NotUnicode);
            else if (!members.TryAdd(key, new(member.Value, this, key, reading))) Fail(key, Message.RepeatedKey);
        }
        return members;
    }

    public Node? Required(string key)
    {
        if (value.TryGetProperty(key, out var found)) return new(found, this, key, reading);
        Fail(key, Message.Missing);
        return null;
    }

    /// <summary>The member of that key; null where it is absent, or null.</summary>
    public Node? Optional(string key) =>
        value.TryGetProperty(key, out var found) && found.ValueKind != JsonValueKind.Null ? new(found, this, key, reading) : null;

    public List<Node> Items()
    {
        if (!Is(JsonValueKind.Array)) return [];
        return [.. value.EnumerateArray().Select((item, i) => new Node(item, this, $"[{i}]", reading))];
    }

    /// <summary>A text that is not empty.</summary>
    public string? Text()
    {
        if (String() is not { } text) return null;
        if (text.Length > 0) return text;
        Fail(Message.Empty);
        return null;
    }

    public string? String()
    {
        if (!Is(JsonValueKind.String)) return null;
        var text = StringOf(value);
        if (text is null) Fail(Message.NotUnicode);
        return text;
    }

    public string? OneOf(params ReadOnlySpan<string> names)
    {
        if (Text() is not { } text) return null;
        if (names.Contains(text)) return text;
        Fail(Message.NotOneOf(text, string.Join(", ", names.ToArray())));
        return null;
    }

    public int? Integer(int least, int most)
    {
        if (!Is(JsonValueKind.Number)) return null;
        if (value.TryGetInt32(out var number) && number >= least && number <= most) return number;
        Fail(Message.OutOfRange(value.GetRawText(), least, most));
        return null;
    }

    /// <summary>An amount below 100,000,000,000.00: so that no sum of a file can overflow unnoticed.</summary>
    public Money? Amount(bool mayBeNegative = false)
    {
        if (Text() is not { } text) return null;
        var isRead = reading.Currency.TryParse(text, out var amount);
        if (!isRead) Fail(IsTooFine(text) ? Message.TooFine(text, reading.Currency) : Message.NoAmount(text));
        else if (amount.Minor is > MostMinor or < -MostMinor) Fail(Message.TooLarge(text));
        else if (amount < Money.Zero && !mayBeNegative) Fail(Message.Negative(text));
        else return amount;
        return null;
    }

    public Instant? Instant()
    {
        if (Text() is not { } text) return null;
        var (invariant, style) = (CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        if (!DateTimeOffset.TryParseExact(text, InstantFormats, invariant, style, out var moment)) Fail(Message.NoInstant(text));
        else if (moment.Year is < 1901 or > 2199) Fail(Message.TooFar(text));
        else return Kernel.Instant.From(moment);
        return null;
    }

    public bool Is(JsonValueKind kind)
    {
        if (value.ValueKind == kind) return true;
        Fail(Message.WrongType(English(kind), English(value.ValueKind), Chinese(kind), Chinese(value.ValueKind)));
        return false;
    }

    /// <summary>The step of a path to a key: .key, or ["key"] where it is not a plain word.</summary>
    public static string Step(string key) =>
        key.Length > 0 && key.All(c => char.IsLetterOrDigit(c) || c is '_' or '-') ? "." + key : $"[{Message.Quote(key)}]";

    /// <summary>The text of a JSON string; null where it is none, or not valid Unicode (a lone surrogate, bad UTF-8).</summary>
    public static string? StringOf(JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private const long MostMinor = 10_000_000_000_000;

    private static readonly string[] InstantFormats =
    [
        "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm'Z'",
    ];

    private string PathOf(string key)
    {
        var step = value.ValueKind == JsonValueKind.Array ? key : Step(key);
        return parent is null ? step.TrimStart('.') : Path + step;
    }

    private static bool IsTooFine(string text) =>
        text.Split('.') is [_, { Length: > 0 } fraction] && fraction.All(char.IsAsciiDigit);

    private static string? NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string English(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a flag",
        JsonValueKind.Null or JsonValueKind.Undefined => "null",
    };

    private static string Chinese(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "对象",
        JsonValueKind.Array => "列表",
        JsonValueKind.String => "文本",
        JsonValueKind.Number => "数字",
        JsonValueKind.True or JsonValueKind.False => "布尔值",
        JsonValueKind.Null or JsonValueKind.Undefined => "空值",
    };
}
