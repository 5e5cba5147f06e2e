-- Los enunciados que contienen una palabra, por el índice y no recorriendo los textos.
-- El lector lo pone en lugar de `contains` cuando la palabra es rara: en muy repetidas,
-- recorrer cuesta menos. `tope` es cuántas filas salen: sin él, el planificador creería
-- que son muchas más y armaría el cruce al revés, ocho veces más lento.
e.posicion in (
    select a.posicion
    from lectura_apariciones as a
    inner join lectura_vocabulario as v on a.palabra_id = v.palabra_id
    where contains(v.palabra, :palabra)
    limit :tope
)
