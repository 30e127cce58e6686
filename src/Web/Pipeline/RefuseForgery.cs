using Microsoft.AspNetCore.Antiforgery;

namespace HaoSuan.Web.Pipeline;

/// <summary>The framework only notes a missing or wrong form token until somebody reads the form; here the request ends.</summary>
internal sealed class RefuseForgery(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (http.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false }) return next(http);
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }
}
