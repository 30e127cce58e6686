using System.Security.Claims;

namespace HaoSuan.Ui;

/// <summary>The bell of both layouts: where it leads, and how much whoever is signed in has not read. Registered by the module that knows.</summary>
public sealed record Bell(string Href, Func<IServiceProvider, ClaimsPrincipal, CancellationToken, Task<int>> Unread);
