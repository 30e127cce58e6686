using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.AspNetCore.TestHost;

namespace HaoSuan.Tests.Web;

/// <summary>A browser without scripts: it keeps cookies, reads pages and sends their forms as they stand. It follows no redirect.</summary>
public sealed class Visitor(TestServer server, string address)
{
    private static readonly Uri _base = new("https://haoka.test/");

    private readonly CookieContainer _cookies = new();
    private HttpClient? _client;

    private HttpClient Http =>
        _client ??= new(new FromAddress(address, new CookieContainerHandler(_cookies) { InnerHandler = server.CreateHandler() })) { BaseAddress = _base };

    /// <summary>Reads in that language from now on.</summary>
    public void Prefer(string language) => _cookies.Add(_base, new Cookie(
        CookieRequestCultureProvider.DefaultCookieName, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language)), "/"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>What the browser says of its languages with every request.</summary>
    public string AcceptLanguage { get; init; } = "";

    /// <summary>What the browser says it is.</summary>
    public string UserAgent { get; set; } = "";

    /// <param name="path">The address.</param>
    /// <param name="accept">What the caller can read.</param>
    /// <param name="from">The page on which a link to it was followed.</param>
    public async Task<Page> Open(string path, string accept = "text/html", string? from = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept", accept);
        if (from is not null) request.Headers.Referrer = new(_base, from);
        return await Send(request);
    }

    /// <summary>
    /// Opens the page and sends its form with that action (or its only form): what it holds, and these values. Of several with one action it is the
    /// one that does what "do" says, by a button or by what it hides.
    /// </summary>
    public async Task<Page> Submit(string path, string? action, params (string Name, string Value)[] fields)
    {
        var page = await Open(path);
        Assert.Equal(200, page.Status);
        return await Submit(page, action, fields);
    }

    public Task<Page> Submit(Page page, string? action, params (string Name, string Value)[] fields)
    {
        List<IHtmlFormElement> forms = [.. page.Document.Forms.Where(f =>
            action is null ? f.GetAttribute("action") != "/sign-out" : f.GetAttribute("action") == action && f.Method == "post")];
        var verb = fields.FirstOrDefault(f => f.Name == "do");
        var form = forms.Count == 1 ? forms[0]
            : forms.Single(f => f.Elements.Any(e => e.GetAttribute("name") == "do" && e.GetAttribute("value") == verb.Value));
        var values = form.Elements.OfType<IHtmlInputElement>()
            .Where(i => i.Name is { Length: > 0 } && i.Type != "file" && (i.Type is not ("checkbox" or "radio") || i.IsChecked))
            .Select(i => (Name: i.Name!, i.Value))
            .Concat(form.Elements.OfType<IHtmlTextAreaElement>().Select(t => (Name: t.Name!, t.Value)))
            .Concat(form.Elements.OfType<IHtmlSelectElement>().Select(s => (Name: s.Name!, Value: s.Value ?? "")))
            .Where(v => !fields.Any(f => f.Name == v.Name));
        return Send(form.GetAttribute("action")!, form.Enctype == "multipart/form-data", [.. values, .. fields]);
    }

    public Task<Page> Post(string path, params (string Name, string Value)[] fields) => Send(path, false, fields);

    /// <summary>As a form sends it that may carry a file.</summary>
    public Task<Page> Upload(string path, params (string Name, string Value)[] fields) => Send(path, true, fields);

    private async Task<Page> Send(string path, bool upload, (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = upload ? Parts(fields) : new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        request.Headers.Add("Accept", "text/html");
        return await Send(request);
    }

    /// <summary>Opens the page and sends its form with a file, as a browser would.</summary>
    public async Task<Page> Upload(string path, string field, string fileName, byte[] content, params (string Name, string Value)[] fields)
    {
        var form = (await Open(path)).Document.Forms.Single(f => f.GetAttribute("action") == path && f.Method == "post");
        var hidden = form.Elements.OfType<IHtmlInputElement>().Where(i => i.Type == "hidden").Select(i => (Name: i.Name!, i.Value));
        using MultipartFormDataContent parts = new();
        foreach (var (name, value) in hidden.Concat(fields)) parts.Add(new StringContent(value), name);
        parts.Add(new ByteArrayContent(content), field, fileName);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = parts };
        request.Headers.Add("Accept", "text/html");
        return await Send(request);
    }

    public Task<Page> SignIn(string name, string password) => Submit("/sign-in", null, ("name", name), ("password", password));

    private async Task<Page> Send(HttpRequestMessage request)
    {
        if (AcceptLanguage.Length > 0) request.Headers.Add("Accept-Language", AcceptLanguage);
        if (UserAgent.Length > 0) request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        using var response = await Http.SendAsync(request, Cancel);
        return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(Cancel), response.Headers, response.Content.Headers);
    }

    private static MultipartFormDataContent Parts((string Name, string Value)[] fields)
    {
        var parts = new MultipartFormDataContent();
        foreach (var (name, value) in fields) parts.Add(new StringContent(value), name);
        return parts;
    }

    /// <summary>The test server has no network, so the address comes as from a reverse proxy on this machine.</summary>
    private sealed class FromAddress(string address, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Add("X-Forwarded-For", address);
            return base.SendAsync(request, cancellationToken);
        }
    }
}

/// <summary>What came back.</summary>
public sealed record Page(
    int Status, string Text, System.Net.Http.Headers.HttpResponseHeaders Headers, System.Net.Http.Headers.HttpContentHeaders ContentHeaders)
{
    private IHtmlDocument? _document;

    public IHtmlDocument Document => _document ??= new HtmlParser().ParseDocument(Text);

    public string? Location => Headers.Location?.OriginalString;

    /// <summary>The words of the page's own part, on one line.</summary>
    public string Words => string.Join(' ', (Document.QuerySelector("#page") ?? Document.DocumentElement).TextContent
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>What every form of the page carries, for a request that no form of it sends.</summary>
    public (string Name, string Value) Token =>
        ("__RequestVerificationToken", Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!);

    /// <summary>What is said beside a field.</summary>
    public string? ErrorOf(string field) => Document.QuerySelector($"#field-{field}-error")?.TextContent.Trim();

    /// <summary>The same for a field whose name is a path, such as <c>stages[0].key</c>.</summary>
    public string? ErrorBeside(string field) => Document.GetElementById($"field-{field.Replace('.', '-')}-error")?.TextContent.Trim();

    /// <summary>The links of the navigation beside the page.</summary>
    public IEnumerable<string> Navigation => Document.QuerySelectorAll(".side-nav a").Select(a => a.GetAttribute("href")!);
}
