using System.Text.Json;

namespace HaoSuan.Upstreams.Wire;

/// <summary>Calls with an account's allowance of queries. A broken line is an outcome, the caller's own cancelling is not.</summary>
internal sealed class Exchange(HttpClient http, TimeProvider time, int queriesPerMinute)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Queue<Instant> _queries = new();
    private readonly Lock _gate = new();

    /// <summary>Takes one query from the minute's allowance, or says after how many seconds there is one.</summary>
    public Refusal? TakeQuery()
    {
        lock (_gate)
        {
            var now = time.Now;
            while (_queries.TryPeek(out var oldest) && now - oldest >= Window) _queries.Dequeue();
            if (_queries.Count < queriesPerMinute)
            {
                _queries.Enqueue(now);
                return null;
            }
            return Wait((int)Math.Ceiling((Window - (now - _queries.Peek())).TotalSeconds));
        }
    }

    public static Refusal Wait(int seconds) => new("upstreams.query_limit", seconds);

    /// <summary>The JSON answer, or the HTTP status (0: none came) where there is none to rely on.</summary>
    public async Task<(JsonElement? Answer, int Status)> PostAsync(Uri address, HttpContent content, CancellationToken cancel)
    {
        var (body, _, status) = await CallAsync(address, content, cancel);
        return (body is null ? null : Said(body), status);
    }

    /// <summary>The body of a good answer and its headers by name, or the HTTP status (0: none came).</summary>
    public async Task<(byte[]? Body, Func<string, string?> Header, int Status)> CallAsync(Uri address, HttpContent content, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        try
        {
            using var response = await http.SendAsync(request, cancel);
            var body = await response.Content.ReadAsByteArrayAsync(cancel);
            var headers = response.Headers.Concat(response.Content.Headers).ToLookup(h => h.Key, h => h.Value, StringComparer.OrdinalIgnoreCase);
            return (
                response.IsSuccessStatusCode ? body : null, name => headers[name].SelectMany(v => v).ToList() is [var one] ? one : null,
                (int)response.StatusCode);
        }
        catch (Exception broken) when (IsBroken(broken) && !cancel.IsCancellationRequested)
        {
            return (null, _ => null, 0);
        }
    }

    /// <summary>The JSON object of a body; null where it is none.</summary>
    public static JsonElement? Said(byte[] body) => Reading.Parse(body) is { ValueKind: JsonValueKind.Object } answer ? answer : null;

    private static bool IsBroken(Exception exception) => exception is HttpRequestException or IOException or OperationCanceledException;

    public static Refusal Unanswered(int status) => status switch
    {
        429 => Wait((int)Window.TotalSeconds),
        200 => new("upstreams.unreadable"),
        _ => new("upstreams.unreachable", status),
    };
}
