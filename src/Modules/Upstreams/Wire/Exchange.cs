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
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        try
        {
            using var response = await http.SendAsync(request, cancel);
            var body = await response.Content.ReadAsByteArrayAsync(cancel);
            var status = (int)response.StatusCode;
            if (!response.IsSuccessStatusCode) return (null, status);
            var answer = Reading.Parse(body);
            return (answer.ValueKind == JsonValueKind.Object ? answer : null, status);
        }
        catch (Exception broken) when (IsBroken(broken) && !cancel.IsCancellationRequested)
        {
            return (null, 0);
        }
    }

    private static bool IsBroken(Exception exception) => exception is HttpRequestException or IOException or OperationCanceledException;

    public static Refusal Unanswered(int status) => status switch
    {
        429 => Wait((int)Window.TotalSeconds),
        200 => new("upstreams.unreadable"),
        _ => new("upstreams.unreachable", status),
    };
}
