-- ¿Qué instrumentos menciona cada enunciado de la selección, según lo que se cuenta?
-- Una fila por enunciado e instrumento; el que no menciona ninguno no tiene filas.
select
    s.enunciado_id,
    i.instrumento_id
from seleccion as s
inner join lectura_instrumentos as i on s.tratados = i.tratados
order by s.posicion, i.instrumento_id
