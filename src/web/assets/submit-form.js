// Carries a form on that needs nobody's hand; its button stays for browsers without scripts.
document.getElementById('submit')?.submit();
