using System.Text;
using System.Text.Json;

namespace HaoSuan.Settling.Cases;

/// <summary>JSON as RFC 8259 has it, nothing more; where it breaks, the fault names the path reached, the line and the column.</summary>
internal static class JsonText
{
    public static JsonDocument? Parse(ReadOnlyMemory<byte> utf8, Reading reading)
    {
        if (utf8.Span.StartsWith(Encoding.UTF8.Preamble)) utf8 = utf8[Encoding.UTF8.Preamble.Length..];
        try
        {
            return JsonDocument.Parse(utf8);
        }
        catch (JsonException e)
        {
            var (line, column) = (e.LineNumber + 1, e.BytePositionInLine + 1);
            var reason = e.Message.Split(" LineNumber:")[0];
            reading.Fail(PathOfFault(utf8.Span), Message.Malformed(line, column, reason));
            return null;
        }
    }

    private static string PathOfFault(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        var steps = new Stack<Step>();
        try
        {
            while (reader.Read()) Follow(ref reader, steps);
        }
        catch (JsonException)       // the place that is looked for
        {
        }
        catch (InvalidOperationException)       // a key that is not valid Unicode on the way there
        {
        }
        var path = string.Concat(steps.Reverse().Select(s => s.Key is null ? $"[{Math.Max(0, s.Index)}]" : Node.Step(s.Key)));
        return path.Length == 0 ? "$" : path.TrimStart('.');
    }

    private static void Follow(ref Utf8JsonReader reader, Stack<Step> steps)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                steps.Pop();
                steps.Push(new(0, reader.GetString()));
                break;
            case JsonTokenType.StartObject:
                Next(steps);
                steps.Push(new(0, ""));
                break;
            case JsonTokenType.StartArray:
                Next(steps);
                steps.Push(new(-1, null));
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                steps.Pop();
                break;
            default:
                Next(steps);
                break;
        }
    }

    /// <summary>A value begins: in a list it is the next one.</summary>
    private static void Next(Stack<Step> steps)
    {
        if (steps.TryPeek(out var step) && step.Key is null)
        {
            steps.Pop();
            steps.Push(new(step.Index + 1, null));
        }
    }

    private readonly record struct Step(int Index, string? Key);
}
